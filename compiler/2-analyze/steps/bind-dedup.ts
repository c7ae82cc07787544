import { isOrderable } from "../../catalog/types/index.ts";
import { dedupWithoutTime } from "../../diagnostics/catalogue/streaming.ts";
import { wrongArgumentType } from "../../diagnostics/catalogue/types.ts";
import type { StepOf } from "../../ir/ast/step.ts";
import { columnRef } from "../../ir/expr/build.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { columnsOf, substitute } from "../../ir/expr/walk.ts";
import type { GroupColumn } from "../../ir/logical/plan.ts";
import { Aggregate, Dedup } from "../../ir/logical/plan.ts";
import { sameType, windowType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import type { ScopeEntry } from "../expressions/scope.ts";
import { visibleEntries } from "../expressions/scope.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import { planDuration } from "./plan-duration.ts";
import type { StepContext } from "./step-context.ts";

/** `distinct`: a grouping by all columns. The row keeps its columns, and with them its aliases. */
export function bindDistinct(step: StepOf<"Distinct">, input: BoundRelation, { job, ids }: StepContext): BoundRelation {
  const operatorId = ids.next("distinct", step.named, step.span);
  const visible = visibleEntries(input.scope);
  if (input.poisoned || !visible.every(({ expr }) => isComparable(expr, "distinct", step.span, job))) return poisonedRelation(step.span);
  const keys = visible.map(({ name, expr }): GroupColumn => ({ id: job.newColumn(), name, expr }));
  const plan = new Aggregate(input.plan, keys.map((key) => ({ kind: "key", key })), [], operatorId, step.span);
  const now = new Map<ColumnId, Expr>(keys.flatMap(({ id, name, expr }): readonly (readonly [ColumnId, Expr])[] => (expr.kind === "ColumnRef" ? [[expr.id, columnRef(id, name, expr.type, expr.nullable)]] : [])));
  const entries = visible.map((entry, at): ScopeEntry => {
    const { id, name, expr } = keys[at] ?? { id: 0, name: entry.name, expr: entry.expr };
    return { ...entry, expr: columnRef(id, name, expr.type, expr.nullable) };
  });
  const hidden = input.scope.entries.filter((entry) => entry.hidden && [...columnsOf(entry.expr)].every((id) => now.has(id))).map((entry) => ({ ...entry, expr: substitute(entry.expr, now) }));
  return { plan, scope: { ...input.scope, entries: [...entries, ...hidden] }, poisoned: false };
}

/** `dedup`: the first row of each key; without keys, of all columns. */
export function bindDedup(step: StepOf<"Dedup">, input: BoundRelation, { job, ids }: StepContext): BoundRelation {
  const operatorId = ids.next("dedup", step.named, step.span);
  const written = step.keys.map((key) => bindExpr(key, rowContext(job, input.scope)));
  const keys = step.keys.length > 0 ? written : visibleEntries(input.scope).map(({ expr }) => expr);
  const within = step.within === undefined ? undefined : bindWithin(step.within, step.span, input, job);
  const comparable = keys.every((key, at) => isPoisoned(key) || isComparable(key, "dedup", step.keys[at]?.span ?? step.span, job));
  if (input.poisoned || (step.within !== undefined && within === undefined) || !comparable || keys.some(isPoisoned)) return poisonedRelation(step.span);
  // A window is told apart by its start and end.
  const plain = keys.flatMap((key) => (key.kind === "MakeRecord" && sameType(key.type, windowType) ? key.values : [key]));
  return { ...input, plan: new Dedup(input.plan, plain, operatorId, step.span, within) };
}

/** How long a key is remembered, and from which event time on: the rows' own, or the end of the windows that they are of; undefined after a report. */
function bindWithin(node: NonNullable<StepOf<"Dedup">["within"]>, at: Span, { plan, poisoned }: BoundRelation, job: JobContext): Dedup["within"] {
  const given = node === "watermark" ? undefined : planDuration(node, "how long a key is remembered", job);
  if (poisoned || (node !== "watermark" && given === undefined)) return undefined;
  const time = plan.eventTimes.find(({ role }) => role === "raw") ?? plan.eventTimes.find(({ role }) => role !== "window start");
  if (time !== undefined) return { time: time.column, span: given ?? time.delay };
  job.report(dedupWithoutTime({}).at(at).helped("define a `watermark` before it, or leave `within` out"));
  return undefined;
}

function isComparable(expr: Expr, name: string, at: Span, job: JobContext): boolean {
  if (isOrderable(expr.type)) return true;
  job.report(wrongArgumentType({ name, expected: "values that can be compared", found: typeWords(expr.type) }).at(at));
  return false;
}
