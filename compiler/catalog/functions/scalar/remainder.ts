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
  canFail: (_args, result, constants) => result.kind === "decimal" || !isNonZero(constants?.[1]?.value),
  emit: (args, result) => emitArithmetic("%", args, result),
};

/** Whether this is the value of a literal that is a number other than zero. */
function isNonZero(divisor: unknown): boolean {
  return (typeof divisor === "number" && Math.abs(divisor) > 0) || (typeof divisor === "bigint" && divisor !== 0n);
}
