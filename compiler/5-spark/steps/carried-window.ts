import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import type { EventTime } from "../../ir/logical/column.ts";
import { eventTimeOf } from "../../ir/logical/event-time-of.ts";
import { sameType, windowType } from "../../ir/types/data-type.ts";
import type { Frame } from "../frame.ts";

/** A column that holds a whole window, and which part of it an expression is. */
export interface WindowPart {
  /** The frame's column of `{ start, end }`. */
  readonly column: string;
  readonly part: "start" | "end" | "window";
  /** Whether the part tells the window: of windows of one size either bound does. */
  readonly tellsAll: boolean;
  /** The length of the windows in microseconds, where all have one. */
  readonly size: number | undefined;
}

/** The window that an expression is, or is a bound of, where the frame has it whole. */
export function windowPartOf(expr: Expr, frame: Frame, live: readonly EventTime[]): WindowPart | undefined {
  const time = eventTimeOf(expr, live);
  if (time === undefined || time.role === "raw") return undefined;
  const column = frame.carried.get(time.column) ?? wholeWindow(time.column, frame, live);
  if (column === undefined) return undefined;
  const part = time.role === "window" ? "window" : time.role === "window end" ? "end" : "start";
  return { column, part, tellsAll: part === "window" || time.size !== undefined, size: time.size };
}

/** Whether some parts tell a window apart: it whole, a bound where all have one size, or both bounds. */
export function tellsWhole(parts: readonly Pick<WindowPart, "column" | "part" | "tellsAll">[], column: string): boolean {
  const own = parts.filter((part) => part.column === column);
  return own.some(({ tellsAll }) => tellsAll) || ["start", "end"].every((bound) => own.some(({ part }) => part === bound));
}

/** The carried window whose record an expression makes anew of its bounds, with the id of its start. */
export function carriedRecord(expr: Expr, carried: Frame["carried"]): { readonly window: string; readonly start: ColumnId } | undefined {
  if (expr.kind !== "MakeRecord" || !sameType(expr.type, windowType)) return undefined;
  const [start, end] = expr.values;
  if (start?.kind !== "ColumnRef" || end?.kind !== "ColumnRef") return undefined;
  const window = carried.get(start.id);
  return window !== undefined && carried.get(end.id) === window ? { window, start: start.id } : undefined;
}

/** The column of a window whose last microsecond an expression is (Spark's `window_time`). */
export function windowTimeOf(expr: Expr, frame: Frame, live: readonly EventTime[]): string | undefined {
  if (expr.kind !== "Call" || expr.name !== "-" || eventTimeOf(expr, live)?.role !== "raw") return undefined;
  const [end] = expr.args;
  return end === undefined ? undefined : windowPartOf(end, frame, live)?.column;
}

/** A column that is a window's record itself. */
function wholeWindow(column: ColumnId, frame: Frame, live: readonly EventTime[]): string | undefined {
  return live.some((time) => time.column === column && time.role === "window") ? frame.names.get(column) : undefined;
}
