import { unusedSideOutput } from "../../diagnostics/catalogue/names.ts";
import type { Program } from "../../ir/ast/statement.ts";
import type { Pipeline, Relation } from "../../ir/ast/step.ts";
import type { Declarations } from "../declarations/declarations.ts";
import type { JobContext } from "../job-context.ts";

/** The sinks without a pipeline. */
export function sideOutputNames(declarations: Declarations): readonly string[] {
  return [...declarations.sinks.values()].filter((sink) => sink.pipeline === undefined).map((sink) => sink.name.text);
}

/** Reports side outputs that nothing names: no `malformed` of an input, no `into` of a watermark. */
export function checkSideOutputsAreUsed(program: Program, job: JobContext): void {
  const named = new Set<string>();
  for (const statement of program.statements) {
    if (statement.kind === "Input") {
      for (const { name, value } of statement.from.args) {
        if (name?.text !== "malformed") continue;
        if (value.kind === "StringLiteral") named.add(value.value);
        if (value.kind === "NameExpression") named.add(value.name.text);
      }
    }
    if ((statement.kind === "Stream" || statement.kind === "Sink") && statement.pipeline !== undefined) addRoutes(statement.pipeline, named);
  }
  for (const sink of job.declarations.sinks.values()) {
    if (sink.pipeline === undefined && !named.has(sink.name.text)) {
      job.report(unusedSideOutput({ name: sink.name.text }).at(sink.name.span).helped(`name it at a source: \`malformed: "${sink.name.text}"\`, or give the sink a pipeline`));
    }
  }
}

function addRoutes({ head, steps }: Pipeline, named: Set<string>): void {
  const relations: Relation[] = [head];
  for (const step of steps) {
    if (step.kind === "Watermark") for (const route of [step.late, step.future?.route]) if (route?.kind === "into") named.add(route.target.text);
    if (step.kind === "Join") relations.push(step.right);
    if (step.kind === "Union") relations.push(...step.relations);
  }
  for (const relation of relations) if (relation.kind === "NestedRelation") addRoutes(relation.pipeline, named);
}
