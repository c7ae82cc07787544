import { arithmeticCanFail, emitArithmetic } from "../emit-arithmetic.ts";
import { resolveArithmetic } from "../arithmetic-signature.ts";
import { emitDatetime, resolveDatetime } from "../datetime-arithmetic.ts";
import { isNumeric } from "../../../ir/types/data-type.ts";
import { pairOf } from "../operand.ts";
import type { ScalarFunction } from "../scalar-function.ts";

export const add: ScalarFunction = {
  name: "+",
  summary: "Sum: ints, longs and decimals exact and overflow an error; a date or timestamp plus a duration (Spark's Add).",
  volatility: "immutable",
  resolve(operands) {
    const pair = pairOf(operands);
    if ("refused" in pair) return pair.refused;
    return resolveDatetime("+", operands, pair.left, pair.right) ?? resolveArithmetic("+", operands, pair.left, pair.right);
  },
  nulls: "propagate",
  canFail: (_args, result) => !isNumeric(result) || arithmeticCanFail("+", result),
  emit: (args, result, services) => (isNumeric(result) ? emitArithmetic("+", args, result) : emitDatetime("+", args, result, services)),
};
