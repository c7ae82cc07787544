import type { Expr } from "../../ir/expr/expr.ts";
import type { EventTime } from "../../ir/logical/column.ts";
import { eventTimeOf } from "../../ir/logical/event-time-of.ts";
import type { Frame } from "../frame.ts";
import { pyConstant, pyDict, pyInt, pyMethod, pyText, type Py } from "../python/py.ts";
import { carriedRecord, windowTimeOf } from "./carried-window.ts";

/** What is said of a statement that marks a column. */
export const whyMarked = "with metadata, by which Spark knows event time, and which a computed column has not of itself";

/**
 * The event time that an expression's values carry and that Spark does not see, because it is computed: Spark knows event time by a column's metadata, which goes with
 * the column itself, with `window_time`, and with a window that is carried along. Undefined where there is none, or Spark has it. The start of a window is none to
 * Spark, which compares a time itself with the watermark.
 */
export function unseenTimeOf(expr: Expr, frame: Frame, live: readonly EventTime[]): EventTime | undefined {
  const time = eventTimeOf(expr, live);
  if (time === undefined || time.role === "window start" || expr.kind === "ColumnRef" || windowTimeOf(expr, frame, live) !== undefined) return undefined;
  return carriedRecord(expr, frame.carried) === undefined ? time : undefined;
}

/** `value.alias("name", metadata={…})`: a column of computed event time, marked as those of `withWatermark` and `window` are. */
export function markedAlias(value: Py, name: string, { delay, role }: EventTime): Py {
  const marks = [["spark.watermarkDelayMs", pyInt(Math.floor(delay / 1000))] as const, ...(role === "window" ? [["spark.timeWindow", pyConstant(true)] as const] : [])];
  return pyMethod(value, "alias", [pyText(name)], { metadata: pyDict(marks) });
}
