import { callCode, runtime } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The day of the week, Sunday 1 to Saturday 7. */
export const dayOfWeek: ScalarFunction = {
  name: "dayofweek",
  summary: "The day of the week, Sunday 1 to Saturday 7.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["date"] }, intType),
  canFail: never,
  emit: (args) => callCode(runtime("dayOfWeekOfDays"), argumentAt(args, 0).code),
};
