import { dateType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The date so many days after the epoch. */
export const dateFromUnixDate: ScalarFunction = {
  name: "date_from_unix_date",
  summary: "The date so many days after 1970-01-01.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["narrow int"] }, dateType),
  canFail: never,
  emit: (args) => argumentAt(args, 0).code,
};
