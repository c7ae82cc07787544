import { duplicateColumn } from "../../diagnostics/catalogue/names.ts";
import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { futureWithoutRecord } from "../../diagnostics/catalogue/streaming.ts";
import { watermarkColumn } from "../../diagnostics/catalogue/types.ts";
import type { Expression } from "../../ir/ast/expression.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { Route, StepOf } from "../../ir/ast/step.ts";
import type { LogicalPlan, RowRoute, WatermarkSpec } from "../../ir/logical/plan.ts";
import { Watermark } from "../../ir/logical/plan.ts";
import { cover, type Span } from "../../source/span.ts";
import { sideOutputNamed } from "../connectors/side-outputs.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { visibleEntries } from "../expressions/scope.ts";
import { timeHelp } from "../expressions/time-help.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { planDuration } from "./plan-duration.ts";
import type { StepContext } from "./step-context.ts";

/** `watermark`: the event time of the rows from here on, and where rows go that come too late or from too far ahead. */
export function bindWatermark(step: StepOf<"Watermark">, input: BoundRelation, { job, ids }: StepContext): BoundRelation {
  const operatorId = ids.next("watermark", step.named, step.span);
  const delay = planDuration(step.delay, "a delay", job);
  const late = step.late === undefined ? undefined : bindRoute(step.late, job);
  const future = step.future === undefined ? undefined : bindFuture(step.future, input, job);
  const idle = step.idle === undefined ? undefined : planDuration(step.idle, "how long an input may be silent", job);
  const path = pathExpression(step.column);
  const column = path === undefined ? undefined : bindExpr(path, rowContext(job, input.scope));
  const unknown = { ...input, poisoned: true };
  if (path === undefined || column === undefined || isPoisoned(column) || delay === undefined) return unknown;
  if (column.type.kind !== "timestamp") {
    const diagnostic = watermarkColumn({ found: typeWords(column.type) }).at(path.span);
    const help = timeHelp(column.type);
    job.report(help === undefined ? diagnostic : diagnostic.helped(help));
    return unknown;
  }
  if (column.kind !== "ColumnRef") {
    job.report(notInThisVersion({ what: "a watermark on a field of a record" }).at(path.span).helped("take the field out first: `|> extend … as t |> watermark t …`"));
    return unknown;
  }
  const lateColumns = late?.kind === "into" ? { lateColumns: columnsOfLateRows(step.late?.span ?? step.span, input, job) } : {};
  const spec: WatermarkSpec = { column: column.id, columnName: column.name, delay, late, future, idle, operatorId, ...lateColumns };
  return { ...input, plan: new Watermark(input.plan, spec, step.span) };
}

/** After a report that there is no such side output the route counts as one that drops, so that nothing follows from it. */
function bindRoute(route: Route, job: JobContext): RowRoute {
  const sideOutput = route.kind === "drop" ? undefined : sideOutputNamed(route.target, job);
  return sideOutput === undefined ? { kind: "drop" } : { kind: "into", sideOutput };
}

/** What a late row carries: the columns of the rows here, which their names must tell apart. */
function columnsOfLateRows(at: Span, { scope }: BoundRelation, job: JobContext): NonNullable<WatermarkSpec["lateColumns"]> {
  const columns = visibleEntries(scope).flatMap(({ name, expr }) => (expr.kind === "ColumnRef" ? [{ id: expr.id, name }] : []));
  const names = columns.map(({ name }) => name);
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    job.report(duplicateColumn({ name }).at(at).labelled(`two columns \`${name}\` would reach this side output`).helped("choose the columns with `select`, under names that differ"));
  }
  return columns;
}

function bindFuture({ after: node, route: written }: NonNullable<StepOf<"Watermark">["future"]>, { plan }: BoundRelation, job: JobContext): WatermarkSpec["future"] {
  const after = planDuration(node, "how far ahead a row may lie", job);
  const route = bindRoute(written, job);
  const made = withoutRecord(plan);
  if (made !== undefined) {
    const diagnostic = futureWithoutRecord({}).at(cover(node.span, written.span)).helped("put the `watermark` before that step");
    job.report(made.origin === undefined ? diagnostic : diagnostic.also(made.origin, "makes rows of many records"));
    return undefined;
  }
  return after === undefined ? undefined : { after, route };
}

/** The step by which rows are no longer those of one record each: a row from too far ahead is set aside as the record that it is. */
function withoutRecord(plan: LogicalPlan): LogicalPlan | undefined {
  if (plan.kind === "Aggregate" || plan.kind === "Sort" || plan.kind === "Top" || plan.kind === "UserState" || (plan.kind === "Join" && plan.left.streaming && plan.right.streaming)) return plan;
  const rows = plan.kind === "Join" ? plan.children.slice(0, 1) : plan.children;
  return rows.map(withoutRecord).find((node) => node !== undefined);
}

function pathExpression(path: readonly Name[]): Expression | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return undefined;
  return rest.reduce<Expression>((base, member) => ({ kind: "MemberExpression", span: cover(base.span, member.span), base, member }), { kind: "NameExpression", span: first.span, name: first });
}
