import { callCode, runtime, stringCode } from "../../../code/index.ts";
import { timestampType } from "../../../ir/types/data-type.ts";
import { always, argumentAt, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { zoneArgument } from "../zone-code.ts";

/** A local time of one time zone as that of another. */
export const convertTimezone: ScalarFunction = {
  name: "convert_timezone",
  summary: "The local time of a time zone (the job's unless said) as the local time of another at the same instant, both as timestamps of the job's zone.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: operands.length === 2 ? ["text", "timestamp"] : ["text", "text", "timestamp"] }, timestampType),
  canFail: always,
  emit(args, _result, services) {
    const [from, to, local] = args.length === 2 ? [stringCode(services.timezone), argumentAt(args, 0).code, argumentAt(args, 1).code] : [argumentAt(args, 0).code, argumentAt(args, 1).code, argumentAt(args, 2).code];
    return callCode(runtime("convertTimeZone"), from, to, local, ...zoneArgument(services));
  },
};
