import { dateType } from "../../../ir/types/data-type.ts";
import { datetimeFunction } from "../datetime-function.ts";

/** The first day after a date that is the weekday of an English name: `Mon`, `Monday`. */
export const nextDay = datetimeFunction({
  name: "next_day",
  summary: "The first day after a date that is the weekday of an English name: `Mon`, `Monday`.",
  required: ["date", "text"],
  result: dateType,
  kernel: "nextDay",
  canFail: true,
});
