import { paramNotAllowed, unknownParam } from "../../diagnostics/catalogue/names.ts";
import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { watermarkColumn } from "../../diagnostics/catalogue/types.ts";
import type { Expression } from "../../ir/ast/expression.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { DurationNode, StepOf } from "../../ir/ast/step.ts";
import { Watermark } from "../../ir/logical/plan.ts";
import { cover } from "../../source/span.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";
import type { BoundRelation } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

/** A month counts 31 days in a delay (semantics W11). */
const microsecondsPerMonth = 31 * 86_400_000_000;

export function bindWatermark(step: StepOf<"Watermark">, input: BoundRelation, { job, ids }: StepContext): BoundRelation {
  const operatorId = ids.next("watermark", step.named, step.span);
  const delay = delayOf(step.delay, "a delay", job);
  const parts: readonly [present: { readonly span: { readonly start: number; readonly end: number } } | undefined, what: string][] = [
    [step.late?.kind === "into" ? step.late : undefined, "`late into`"],
    [step.future?.route, "`future after`"],
    [step.idle, "`idle after`"],
  ];
  for (const [part, what] of parts) if (part !== undefined) job.report(notInThisVersion({ what }).at(part.span));
  const path = pathExpression(step.column);
  const column = path === undefined ? undefined : bindExpr(path, rowContext(job, input.scope));
  if (path === undefined || column === undefined || isPoisoned(column) || delay === undefined) return input;
  if (column.type.kind !== "timestamp") {
    job.report(watermarkColumn({ found: typeWords(column.type) }).at(path.span));
    return input;
  }
  if (column.kind !== "ColumnRef") {
    job.report(notInThisVersion({ what: "a watermark on a field of a record" }).at(path.span).helped("take the field out first: `|> extend … as t |> watermark t …`"));
    return input;
  }
  const late = step.late?.kind === "drop" ? ({ kind: "drop" } as const) : undefined;
  const spec = { column: column.id, columnName: column.name, delay, late, future: undefined, idle: undefined, operatorId };
  return { ...input, plan: new Watermark(input.plan, spec, step.span) };
}

/** A delay in microseconds; undefined after a report. The plan depends on it, so no param may stand there. */
function delayOf(node: DurationNode, where: string, job: JobContext): number | undefined {
  if (node.kind === "DurationLiteral") return node.microseconds + node.months * microsecondsPerMonth;
  const param = job.params.get(node.name.text);
  if (param === undefined) job.report(unknownParam({ name: node.name.text }).at(node.span).labelled("a duration is wanted here").helped("write a duration: `10 minutes`"));
  else job.report(paramNotAllowed({ name: node.name.text, where }).at(node.span).also(param.span, "the param").helped("write the duration here: `10 minutes`"));
  return undefined;
}

function pathExpression(path: readonly Name[]): Expression | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return undefined;
  return rest.reduce<Expression>((base, member) => ({ kind: "MemberExpression", span: cover(base.span, member.span), base, member }), { kind: "NameExpression", span: first.span, name: first });
}
