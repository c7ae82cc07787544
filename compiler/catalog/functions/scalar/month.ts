import { callCode, runtime } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The month of a date, 1 to 12. */
export const month: ScalarFunction = {
  name: "month",
  summary: "The month of a date, 1 to 12.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["date"] }, intType),
  canFail: never,
  emit: (args) => callCode(runtime("monthOfDays"), argumentAt(args, 0).code),
};
