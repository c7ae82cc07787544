import { callCode, runtime } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The year of a date. */
export const year: ScalarFunction = {
  name: "year",
  summary: "The year of a date.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["date"] }, intType),
  canFail: never,
  emit: (args) => callCode(runtime("yearOfDays"), argumentAt(args, 0).code),
};
