import { ofKernel } from "../double-function.ts";
import { doubleType } from "../../../ir/types/data-type.ts";
import { never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The natural logarithm of a number, or with two arguments that of the second to the base of the first. */
export const log: ScalarFunction = {
  name: "log",
  summary: "The natural logarithm of a number, or with two arguments that of the second to the base of the first; null where one is not positive (Spark's Logarithm).",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const resolution = resolveParameters(operands, { required: ["double"], optional: ["double"] }, doubleType);
    return resolution.ok ? { ...resolution, nullable: true } : resolution;
  },
  canFail: never,
  emit: (args) => ofKernel(args.length === 1 ? "naturalLog" : "logToBase")(...args.map((arg) => arg.code)),
};
