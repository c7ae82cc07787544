import { callCode, runtime } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The day of the month, 1 to 31. */
export const dayOfMonth: ScalarFunction = {
  name: "dayofmonth",
  aliases: ["day"],
  summary: "The day of the month, 1 to 31.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["date"] }, intType),
  canFail: never,
  emit: (args) => callCode(runtime("dayOfMonthOfDays"), argumentAt(args, 0).code),
};
