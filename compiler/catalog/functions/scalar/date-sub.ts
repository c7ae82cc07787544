import { dateType } from "../../../ir/types/data-type.ts";
import { datetimeFunction } from "../datetime-function.ts";

/** A date some days earlier. */
export const dateSub = datetimeFunction({
  name: "date_sub",
  summary: "A date some days earlier.",
  required: ["date", "narrow int"],
  result: dateType,
  kernel: "subtractDays",
  canFail: true,
});
