import { stringCode } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The id of the job's time zone. */
export const currentTimezone: ScalarFunction = {
  name: "current_timezone",
  summary: "The id of the job's time zone, as `option timezone` says it.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: [] }, stringType),
  canFail: never,
  emit: (_args, _result, services) => stringCode(services.timezone),
};
