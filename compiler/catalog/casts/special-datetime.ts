import type { DataType } from "../../ir/types/data-type.ts";

/**
 * The value of `epoch` as a literal that is cast to a date or timestamp: Spark folds it before anything runs, and refuses it in
 * a column (SpecialDatetimeValues). Undefined for other texts; `now` and `today`, which depend on the clock, are not read.
 */
export function specialDatetime(text: string, to: DataType): number | undefined {
  return (to.kind === "date" || to.kind === "timestamp") && text.trim().toLowerCase() === "epoch" ? 0 : undefined;
}
