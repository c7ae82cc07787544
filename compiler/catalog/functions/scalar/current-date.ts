import { callCode, runtime } from "../../../code/index.ts";
import { dateType } from "../../../ir/types/data-type.ts";
import { never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { localTimeCode } from "../zone-code.ts";

/** The day of the batch's timestamp. */
export const currentDate: ScalarFunction = {
  name: "current_date",
  aliases: ["curdate"],
  summary: "The day of the batch's timestamp in the job's time zone: the same for all its rows, and when the batch is run again.",
  volatility: "batch",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: [] }, dateType),
  canFail: never,
  emit: (_args, _result, services) => callCode(runtime("dayOfTimestamp"), localTimeCode(services.batchTimestamp, services)),
};
