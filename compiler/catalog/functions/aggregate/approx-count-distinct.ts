import { callCode, method, numberCode, runtime } from "../../../code/index.ts";
import { doubleType, isNumeric, longType } from "../../../ir/types/data-type.ts";
import { typeDescriptorCode } from "../../types/type-descriptor-code.ts";
import { operandsOf } from "../aggregate-argument.ts";
import type { AggregateFunction } from "../aggregate-function.ts";
import { resolved, wrongType, wrongValue } from "../operand.ts";

const usualError = 0.05;
/** That of 2^18 registers. */
const leastError = 0.0022;

export const approxCountDistinct: AggregateFunction = {
  name: "approx_count_distinct",
  summary: "About how many different values there are, nulls aside, in a small state of fixed size. The second argument is the relative standard deviation of the result: 0.05 (Spark's HyperLogLogPlusPlus).",
  settings: [1],
  ignoresDuplicates: true,
  checkSettings([error]) {
    if (error === undefined || (typeof error === "number" && error >= leastError && error <= 0.39)) return undefined;
    const refused = wrongValue(1, "the relative standard deviation is a number from 0.0022 to 0.39");
    return refused.ok ? undefined : refused;
  },
  resolve(operands) {
    const found = operandsOf(operands, 1, 2);
    if ("refused" in found) return found.refused;
    const [, error] = found.all;
    if (error !== undefined && !isNumeric(error.type)) return wrongType(1, "a number");
    return resolved(found.all.map(({ type }, at) => (at === 1 ? doubleType : type)), longType, false);
  },
  lane: ([type], result, [error]) => callCode(runtime("approxCount"), numberCode(indexBitsFor(typeof error === "number" ? error : usualError)), typeDescriptorCode(type ?? result, false)),
  emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
  emitResult: (lane, slot) => method(lane, "get", slot),
};

/** The number of index bits that gives a relative standard deviation: Spark's formula, 4 to 18. */
function indexBitsFor(error: number): number {
  return Math.max(Math.ceil(2 * Math.log2(1.106 / error)), 4);
}
