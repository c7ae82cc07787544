import { internalError } from "../diagnostics/internal-error.ts";
import { columnRef, fieldAccess } from "../ir/expr/build.ts";
import type { ColumnId, Expr } from "../ir/expr/expr.ts";
import type { EventTime } from "../ir/logical/column.ts";
import { eventTimeOf } from "../ir/logical/event-time-of.ts";
import type { Aggregate, Dedup, LateRoute, LogicalPlan, UserState } from "../ir/logical/plan.ts";
import type { NodeProperties } from "../ir/logical/streaming-properties.ts";
import type { GroupTable, KeptKeys, Lateness } from "../ir/physical/physical.ts";
import { timestampType } from "../ir/types/data-type.ts";

/** What closes the groups of an aggregate that keeps state (semantics W6, S3, 0.11). */
export function closingOf(plan: Aggregate, { closesBy, lateBy, state }: NodeProperties): GroupTable["closing"] {
  if (state?.keys === "byTimeout") return "clock";
  if (closesBy === undefined) return plan.window?.kind === "session" && lateBy !== undefined ? "late only" : undefined;
  return plan.window !== undefined && isOver(plan.window.time, closesBy, plan) ? "window end" : { key: closingKey(plan, closesBy).name };
}

/** By what a row is late for an aggregate, and where it goes then. */
export function latenessOf(plan: Aggregate, { lateBy }: NodeProperties): Lateness | undefined {
  if (lateBy === undefined) return undefined;
  if (plan.window !== undefined && isOver(plan.window.time, lateBy, plan)) return { time: plan.window.time, route: plan.late };
  return { time: instantOf(closingKey(plan, lateBy).expr), route: plan.late };
}

/** How the keys of a dedup over rows that keep coming are kept (semantics D1 to D3). */
export function keptKeys(plan: Dedup, { closesBy, lateBy }: NodeProperties): Omit<KeptKeys, "above"> {
  const { keys, within, late } = plan;
  const underWatermark = isUnderWatermark(plan.input);
  const lateness = lateBy === undefined ? undefined : { time: timeOf(plan.input, lateBy.column), route: late };
  if (within !== undefined) return { closing: { within: within.span, time: timeOf(plan.input, within.time) }, underWatermark, late: lateness };
  const key = closesBy === undefined ? -1 : keys.findIndex((expr) => isOver(expr, closesBy, plan));
  return { closing: key < 0 ? undefined : { key }, underWatermark, late: lateness };
}

/** The place among some keys of the one that carries the event time by which they close. */
export function closingKeyOf(keys: readonly Expr[], time: EventTime | undefined, eventTimes: readonly EventTime[]): number | undefined {
  const at = time === undefined ? -1 : keys.findIndex((expr) => carries(expr, time, eventTimes));
  return at < 0 ? undefined : at;
}

/** By what a row is late for what closes by one of its keys. */
export function latenessOfKey(key: Expr | undefined, route: LateRoute | undefined): Lateness | undefined {
  return key === undefined ? undefined : { time: instantOf(key), route };
}

/** The event time by which a user's state goes, and by which its rows are late. */
export function stateTimes(plan: UserState, { lateBy }: NodeProperties): { readonly time: Expr | undefined; readonly late: Lateness | undefined } {
  if (lateBy === undefined) return { time: undefined, late: undefined };
  const time = timeOf(plan.input, lateBy.column);
  return { time, late: { time, route: plan.late } };
}

/** Whether rows come from under a watermark. */
export function isUnderWatermark(plan: LogicalPlan): boolean {
  return plan.streaming && (plan.kind === "Watermark" || plan.children.some(isUnderWatermark));
}

/** Whether an expression over the node's input carries an event time by which state closes: a window's start alone does not. */
function isOver(expr: Expr, time: EventTime, { input }: Aggregate | Dedup): boolean {
  return carries(expr, time, input.eventTimes);
}

function carries(expr: Expr, time: EventTime, eventTimes: readonly EventTime[]): boolean {
  const found = eventTimeOf(expr, eventTimes);
  return found !== undefined && found.column === time.column && found.role !== "window start";
}

function closingKey(plan: Aggregate, time: EventTime): Aggregate["keys"][number] {
  return plan.keys.find(({ expr }) => isOver(expr, time, plan)) ?? internalError("E9001", `\`${plan.describe()}\` closes by a time that is no key of it`);
}

/** A column of the input as an instant. */
function timeOf(input: LogicalPlan, column: ColumnId): Expr {
  const { id, name, type, nullable } = input.output.find((candidate) => candidate.id === column) ?? internalError("E9001", `the event time #${column} is not in the input of what goes by it`);
  return instantOf(columnRef(id, name, type, nullable));
}

/** Of a window's record its end (semantics W8). */
function instantOf(expr: Expr): Expr {
  return expr.type.kind === "record" ? fieldAccess(expr, "end", timestampType, false) : expr;
}
