import { dateType } from "../../../ir/types/data-type.ts";
import { always, argumentAt, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The cast to a date as a function. */
export const date: ScalarFunction = {
  name: "date",
  summary: "A timestamp or text as a date, as `cast` makes it.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["date"] }, dateType),
  canFail: always,
  emit: (args) => argumentAt(args, 0).code,
};
