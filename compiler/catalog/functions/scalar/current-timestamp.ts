import { timestampType } from "../../../ir/types/data-type.ts";
import { never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The timestamp of the batch: the same for all its rows, and when the batch is run again. */
export const currentTimestamp: ScalarFunction = {
  name: "current_timestamp",
  aliases: ["now"],
  summary: "The timestamp of the batch: the same for all its rows, and when the batch is run again.",
  volatility: "batch",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: [] }, timestampType),
  canFail: never,
  emit: (_args, _result, services) => services.batchTimestamp,
};
