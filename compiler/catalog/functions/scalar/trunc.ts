import { callCode, nullCode, runtime } from "../../../code/index.ts";
import { dateType } from "../../../ir/types/data-type.ts";
import { argumentAt, constantText, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The kernel of each unit (DateTimeUtils.parseTruncLevel, MIN_LEVEL_OF_DATE_TRUNC). */
const kernels: ReadonlyMap<string, string> = new Map([
  ["YEAR", "firstDayOfYear"], ["YYYY", "firstDayOfYear"], ["YY", "firstDayOfYear"],
  ["QUARTER", "firstDayOfQuarter"],
  ["MONTH", "firstDayOfMonth"], ["MON", "firstDayOfMonth"], ["MM", "firstDayOfMonth"],
  ["WEEK", "firstDayOfWeek"],
]);

/** The first day of the year, quarter, month or week in which a date lies. */
export const trunc: ScalarFunction = {
  name: "trunc",
  summary: "The first day of the unit in which a date lies: year, quarter, month or week (Monday); null for another unit.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const resolution = resolveParameters(operands, { required: ["date", "text"] }, dateType);
    const known = kernels.has(constantText(operands[1])?.toUpperCase() ?? "");
    return resolution.ok && !known ? { ...resolution, nullable: true } : resolution;
  },
  canFail: never,
  emit(args) {
    const date = argumentAt(args, 0).code;
    const unit = argumentAt(args, 1);
    const name = constantText(unit)?.toUpperCase();
    if (name === undefined) return callCode(runtime("truncateDate"), date, unit.code);
    const kernel = kernels.get(name);
    return kernel === undefined ? nullCode : callCode(runtime(kernel), date);
  },
};
