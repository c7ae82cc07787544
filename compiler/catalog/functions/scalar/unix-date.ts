import { intType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The days from the epoch to a date. */
export const unixDate: ScalarFunction = {
  name: "unix_date",
  summary: "The days from 1970-01-01 to a date.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["exact date"] }, intType),
  canFail: never,
  emit: (args) => argumentAt(args, 0).code,
};
