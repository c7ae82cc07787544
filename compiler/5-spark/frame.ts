import { internalError } from "../diagnostics/internal-error.ts";
import type { ColumnId } from "../ir/expr/expr.ts";
import type { Py } from "./python/py.ts";

/**
 * A DataFrame of the program while its plan is written: the Python variable or expression that holds it, and the name in it of each column of the
 * logical plan. Names are unique in a frame; Spark has no ids. `carried` are columns that the logical plan has not: a window itself, whose event time
 * a later stateful step needs.
 */
export interface Frame {
  readonly value: Py;
  readonly names: ReadonlyMap<ColumnId, string>;
  /** By the id of `window_start` or `window_end`: the column that holds the window as `{ start, end }`, under its event time. */
  readonly carried: ReadonlyMap<ColumnId, string>;
}

/** What a column of the plan is called in a frame. */
export function nameIn({ names }: Frame, column: ColumnId): string {
  return names.get(column) ?? internalError("E9007", `the frame has no column #${column}`);
}
