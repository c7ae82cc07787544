import { callCode, nullCode, runtime } from "../../../code/index.ts";
import { timestampType } from "../../../ir/types/data-type.ts";
import { argumentAt, constantText, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { zoneArgument } from "../zone-code.ts";

/** The kernel of each unit (DateTimeUtils.parseTruncLevel). */
const kernels: ReadonlyMap<string, string> = new Map([
  ["YEAR", "startOfYear"], ["YYYY", "startOfYear"], ["YY", "startOfYear"],
  ["QUARTER", "startOfQuarter"],
  ["MONTH", "startOfMonth"], ["MON", "startOfMonth"], ["MM", "startOfMonth"],
  ["WEEK", "startOfWeek"],
  ["DAY", "startOfDay"], ["DD", "startOfDay"],
  ["HOUR", "startOfHour"], ["MINUTE", "startOfMinute"], ["SECOND", "startOfSecond"], ["MILLISECOND", "startOfMillisecond"],
]);

/** The start of the year, month, week … in which a timestamp lies. */
export const dateTrunc: ScalarFunction = {
  name: "date_trunc",
  summary: "The start of the unit in which a timestamp lies: year, quarter, month, week (Monday), day, hour, minute, second …; null for another unit.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const resolution = resolveParameters(operands, { required: ["text", "timestamp"] }, timestampType);
    const unit = constantText(operands[0])?.toUpperCase();
    const known = unit !== undefined && (unit === "MICROSECOND" || kernels.has(unit));
    return resolution.ok && !known ? { ...resolution, nullable: true } : resolution;
  },
  canFail: never,
  emit(args, _result, services) {
    const unit = argumentAt(args, 0);
    const timestamp = argumentAt(args, 1).code;
    const name = constantText(unit)?.toUpperCase();
    if (name === undefined) return callCode(runtime("truncateTimestamp"), unit.code, timestamp, ...zoneArgument(services));
    if (name === "MICROSECOND") return timestamp;
    const kernel = kernels.get(name);
    if (kernel === undefined) return nullCode;
    // The zones' offsets are whole seconds.
    return callCode(runtime(kernel), timestamp, ...(name === "SECOND" || name === "MILLISECOND" ? [] : zoneArgument(services)));
  },
};
