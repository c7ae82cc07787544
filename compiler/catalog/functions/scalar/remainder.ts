import { resolveArithmetic } from "../arithmetic-signature.ts";
import { emitArithmetic } from "../emit-arithmetic.ts";
import { pairOf } from "../operand.ts";
import type { ScalarFunction } from "../scalar-function.ts";

export const remainder: ScalarFunction = {
  name: "%",
  summary: "Remainder, with the sign of the dividend; by zero is an error (Spark's Remainder).",
  volatility: "immutable",
  resolve(operands) {
    const pair = pairOf(operands);
    return "refused" in pair ? pair.refused : resolveArithmetic("%", operands, pair.left, pair.right);
  },
  nulls: "propagate",
  canFail: () => true,
  emit: (args, result) => emitArithmetic("%", args, result),
};
