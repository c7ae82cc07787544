import type { ColumnId } from "../expr/expr.ts";
import type { DataType } from "../types/data-type.ts";

/** A column of a plan's output. */
export interface Column {
  readonly id: ColumnId;
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

/**
 * A column whose values are event time under a watermark: the column itself, or a window derived from it (`window_start`,
 * `window_end` carry their window's time, and so does a column that is a window's `{ start, end }`). Alive as long as the column is
 * in a node's output.
 */
export interface EventTime {
  readonly column: ColumnId;
  /** The watermark's delay, in microseconds. */
  readonly delay: number;
  /** `raw`: the event time as read. `window end`: closed when `value <= watermark`. `window start`: same window. `window`: a record, closed by its `end`. */
  readonly role: "raw" | "window start" | "window end" | "window";
  /** Of a window the length in microseconds, where all have one: its start then says when it closes. */
  readonly size?: number;
  /** Of what tells a window, and of its last microsecond: which window, by the column of its end. */
  readonly window?: ColumnId;
}
