import { callCode, runtime } from "../../../code/index.ts";
import { dateType, intType, timestampType } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { always, anyNullable, argumentAt } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { zoneArgument } from "../zone-code.ts";

/** What `d + 2 months` and `t - 1 year` become: the months of the literal as an int. No call can be meant by its name. */
export const plusMonths: ScalarFunction = {
  name: "+ months",
  summary: "A date or timestamp some months later by the local calendar; a day that the month has not is its last one (Spark's DateAddYMInterval, TimestampAddYMInterval).",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [start, months] = operands;
    if (start === undefined || months === undefined || operands.length !== 2) return wrongArity("2 arguments");
    const { kind } = start.type;
    if (kind !== "date" && kind !== "timestamp" && kind !== "null" && kind !== "error") return wrongType(0, "a date or a timestamp");
    const type = kind === "date" ? dateType : timestampType;
    return resolved([type, intType], type, anyNullable(operands));
  },
  canFail: always,
  emit(args, result, services) {
    const [start, months] = [argumentAt(args, 0).code, argumentAt(args, 1).code];
    return result.kind === "date" ? callCode(runtime("addMonths"), start, months) : callCode(runtime("addMonthsToTimestamp"), start, months, ...zoneArgument(services));
  },
};
