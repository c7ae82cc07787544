import { mixedSideOutput } from "../../diagnostics/catalogue/connectors.ts";
import { unknownSideOutput, unusedSideOutput } from "../../diagnostics/catalogue/names.ts";
import { nearest } from "../../diagnostics/did-you-mean.ts";
import type { Argument } from "../../ir/ast/expression.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { Program } from "../../ir/ast/statement.ts";
import type { Pipeline, Relation } from "../../ir/ast/step.ts";
import type { Span } from "../../source/span.ts";
import type { Declarations } from "../declarations/declarations.ts";
import type { JobContext } from "../job-context.ts";

/** The sinks without a pipeline. */
export function sideOutputNames(declarations: Declarations): readonly string[] {
  return [...declarations.sinks.values()].filter((sink) => sink.pipeline === undefined).map((sink) => sink.name.text);
}

/** The side output that a `late into` or `future … into` names; undefined after a report. */
export function sideOutputNamed({ text, span }: Name, { declarations, report }: JobContext): string | undefined {
  const outputs = sideOutputNames(declarations);
  if (outputs.includes(text)) return text;
  const near = nearest(text, outputs);
  const help = declarations.sinks.has(text) ? `a side output has no pipeline: \`sink NAME into file(…)\`` : near === undefined ? `declare it: \`sink ${text} into file(…)\`` : `did you mean \`${near}\`?`;
  report(unknownSideOutput({ name: text }).at(span).helped(help));
  return undefined;
}

/** Reports side outputs that nothing names, no `malformed` of an input and no `into` of a watermark, and those that would take rows of two kinds. */
export function checkSideOutputs(program: Program, job: JobContext): void {
  const named = program.statements.flatMap((statement): readonly Mention[] => {
    if (statement.kind === "Input") return statement.from.args.flatMap(mentionOf);
    return (statement.kind === "Stream" || statement.kind === "Sink") && statement.pipeline !== undefined ? routesOf(statement.pipeline) : [];
  });
  for (const sink of job.declarations.sinks.values()) {
    if (sink.pipeline !== undefined) continue;
    const { text: name } = sink.name;
    const mentions = named.filter((mention) => mention.name === name);
    if (mentions.length === 0) job.report(unusedSideOutput({ name }).at(sink.name.span).helped(`name it at a source: \`malformed: "${name}"\`, or give the sink a pipeline`));
    const late = mentions.find((mention) => mention.rows === "late");
    const other = mentions.find((mention) => mention.rows === "malformed");
    if (late === undefined || other === undefined) continue;
    const message = `\`${name}\` would take late rows and malformed records, which have other columns`;
    job.report(mixedSideOutput({ message }).at(late.span).also(other.span, "malformed records go there").helped("use two side outputs"));
  }
}

/** A side output where something is sent into it. A record from too far ahead has the columns of a malformed one. */
interface Mention {
  readonly name: string;
  readonly rows: "late" | "malformed";
  readonly span: Span;
}

function mentionOf({ name, value }: Argument): readonly Mention[] {
  if (name?.text !== "malformed") return [];
  const text = value.kind === "StringLiteral" ? value.value : value.kind === "NameExpression" ? value.name.text : undefined;
  return text === undefined ? [] : [{ name: text, rows: "malformed", span: value.span }];
}

function routesOf({ head, steps }: Pipeline): readonly Mention[] {
  const relations: Relation[] = [head];
  const found: Mention[] = [];
  for (const step of steps) {
    if (step.kind === "Watermark") {
      if (step.late?.kind === "into") found.push({ name: step.late.target.text, rows: "late", span: step.late.span });
      if (step.future?.route.kind === "into") found.push({ name: step.future.route.target.text, rows: "malformed", span: step.future.route.span });
    }
    if (step.kind === "Join") relations.push(step.right);
    if (step.kind === "Union") relations.push(...step.relations);
  }
  return [...found, ...relations.flatMap((relation) => (relation.kind === "NestedRelation" ? routesOf(relation.pipeline) : []))];
}
