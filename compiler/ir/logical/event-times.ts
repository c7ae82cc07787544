import type { Expr } from "../expr/expr.ts";
import { columnsOf } from "../expr/walk.ts";
import type { EventTime } from "./column.ts";
import { eventTimeOf } from "./event-time-of.ts";
import type { Aggregate, Dedup, LogicalPlan, Top } from "./plan.ts";

/**
 * The live event times that an operator goes by: the time of `within`, then what its window goes by and its keys, in their order. A
 * window's start alone is none, nor is an expression that carries none (semantics W6). More than one is an error (0.10).
 */
export function timesOf(node: Aggregate | Dedup | Top): readonly EventTime[] {
  const found = node.kind === "Aggregate" ? timesOfGroups(node) : node.kind === "Top" ? timesOfExprs(node.spec.per, node.input) : timesOfKeys(node);
  return found.filter((time, at) => found.findIndex((other) => other.column === time.column) === at);
}

/** The event time that closes the entries of an operator's state, by the column that it is read from; undefined where none does. */
export function closingTime(node: Aggregate | Dedup | Top): EventTime | undefined {
  return timesOf(node)[0];
}

/** The event time by which rows are late for a `dedup` whose keys hold none: any that reaches it (semantics D2). */
export function lateTime(node: Dedup): EventTime | undefined {
  return liveTimes(node.input)[0];
}

/** The event times among a node's columns. A window's start is none: it only comes with its end. */
export function liveTimes(node: LogicalPlan): readonly EventTime[] {
  return node.eventTimes.filter(isTime);
}

/** Whether the window goes by the clock of the batch: its groups are closed by the batch's timestamp (semantics 0.11). */
export function overProcessingTime(node: Aggregate): boolean {
  const time = node.window?.time;
  return time !== undefined && time.volatility === "batch" && columnsOf(time).size === 0;
}

function timesOfGroups({ input, groups }: Aggregate): readonly EventTime[] {
  return groups.flatMap((item) => {
    const time = eventTimeOf(item.kind === "window" ? item.window.time : item.key.expr, input.eventTimes);
    return time !== undefined && (item.kind === "window" ? time.role === "raw" : isTime(time)) ? [time] : [];
  });
}

function timesOfKeys({ input, keys, within }: Dedup): readonly EventTime[] {
  return [...input.eventTimes.filter(({ column }) => column === within?.time), ...timesOfExprs(keys, input)];
}

function timesOfExprs(keys: readonly Expr[], input: LogicalPlan): readonly EventTime[] {
  return keys.flatMap((key) => eventTimeOf(key, input.eventTimes) ?? []).filter(isTime);
}

function isTime({ role }: EventTime): boolean {
  return role !== "window start";
}
