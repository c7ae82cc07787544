import type { Expr } from "../expr/expr.ts";
import { sameType, windowType } from "../types/data-type.ts";
import type { EventTime } from "./column.ts";

/**
 * The live event time that an expression's values carry, with the role that they have: a column of it, `tumbling` over it, the parts
 * of a window's record, the record of such parts, and a window's last microsecond (Spark's `window_time`). Any other expression
 * over it carries none. `column` is the column that the expression reads.
 */
export function eventTimeOf(expr: Expr, live: readonly EventTime[]): EventTime | undefined {
  switch (expr.kind) {
    case "ColumnRef":
      return live.find((time) => time.column === expr.id);
    case "FieldAccess": {
      const record = eventTimeOf(expr.input, live);
      return record?.role === "window" ? { ...record, role: expr.field === "end" ? "window end" : "window start" } : undefined;
    }
    case "MakeRecord": {
      const [start, end] = expr.values.map((value) => eventTimeOf(value, live));
      return sameType(expr.type, windowType) && start?.role === "window start" && end?.role === "window end" ? { ...end, role: "window" } : undefined;
    }
    case "Call": {
      const [time, length] = expr.args;
      const under = time === undefined ? undefined : eventTimeOf(time, live);
      if (under === undefined || (expr.name !== "tumbling" && expr.name !== "-")) return undefined;
      const { column, delay } = under;
      const micros = length?.kind === "Literal" && length.type.kind === "duration" && typeof length.value === "number" ? length.value : undefined;
      if (expr.name === "tumbling") return under.role === "raw" ? { column, delay, role: "window", ...(micros === undefined ? {} : { size: micros }) } : undefined;
      return under.role === "window end" && micros === 1 ? { column, delay, role: "raw", ...(under.window === undefined ? {} : { window: under.window }) } : undefined;
    }
    default:
      return undefined;
  }
}

/** The event times of columns that are computed from those of an input. */
export function eventTimesOf(columns: readonly { readonly id: number; readonly expr: Expr }[], live: readonly EventTime[]): readonly EventTime[] {
  return columns.flatMap(({ id, expr }) => {
    const time = eventTimeOf(expr, live);
    return time === undefined ? [] : [{ ...time, column: id }];
  });
}
