import { arithmeticCanFail, emitArithmetic } from "../emit-arithmetic.ts";
import { resolveArithmetic } from "../arithmetic-signature.ts";
import { emitDatetime, resolveDatetime } from "../datetime-arithmetic.ts";
import { isNumeric } from "../../../ir/types/data-type.ts";
import { pairOf } from "../operand.ts";
import type { ScalarFunction } from "../scalar-function.ts";

export const subtract: ScalarFunction = {
  name: "-",
  summary: "Difference; of two timestamps a duration (Spark's Subtract).",
  volatility: "immutable",
  resolve(operands) {
    const pair = pairOf(operands);
    if ("refused" in pair) return pair.refused;
    return resolveDatetime("-", operands, pair.left, pair.right) ?? resolveArithmetic("-", operands, pair.left, pair.right);
  },
  nulls: "propagate",
  canFail: (_args, result) => !isNumeric(result) || arithmeticCanFail("-", result),
  emit: (args, result, services) => (isNumeric(result) ? emitArithmetic("-", args, result) : emitDatetime("-", args, result, services)),
};
