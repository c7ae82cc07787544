import { dateType } from "../../../ir/types/data-type.ts";
import { datetimeFunction } from "../datetime-function.ts";

/** A date of its year, month and day. */
export const makeDate = datetimeFunction({
  name: "make_date",
  summary: "A date of its year, month and day.",
  required: ["narrow int", "narrow int", "narrow int"],
  result: dateType,
  kernel: "makeDate",
  canFail: true,
});
