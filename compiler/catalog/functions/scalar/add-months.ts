import { dateType } from "../../../ir/types/data-type.ts";
import { datetimeFunction } from "../datetime-function.ts";

/** A date some months later; a day that the month has not is its last one. */
export const addMonths = datetimeFunction({
  name: "add_months",
  summary: "A date some months later; a day that the month has not is its last one.",
  required: ["date", "narrow int"],
  result: dateType,
  kernel: "addMonths",
  canFail: true,
});
