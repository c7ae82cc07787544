import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { isPlainDecimal, resolveArithmetic } from "../arithmetic-signature.ts";
import { pairOf } from "../operand.ts";
import { always, argumentAt } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The remainder that is not negative where the divisor is positive. */
export const pmod: ScalarFunction = {
  name: "pmod",
  summary: "The remainder that is not negative where the divisor is positive; by zero is an error (Spark's Pmod).",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const pair = pairOf(operands);
    return "refused" in pair ? pair.refused : resolveArithmetic("%", operands, pair.left, pair.right);
  },
  canFail: always,
  emit(args, result) {
    const [left, right] = [argumentAt(args, 0), argumentAt(args, 1)];
    switch (result.kind) {
      case "int":
        return callCode(runtime("pmodInt"), left.code, right.code);
      case "long":
        return callCode(runtime("pmodLong"), left.code, right.code);
      case "float":
        return callCode(runtime("nearestFloat"), callCode(runtime("pmodDouble"), left.code, right.code));
      case "decimal":
        // A remainder that is negative becomes one near the divisor, which may be longer than the result.
        if (left.type.kind !== "decimal" || right.type.kind !== "decimal" || (isPlainDecimal("%", left.type, right.type, result) && right.type.precision <= result.precision)) {
          return callCode(runtime("pmodDecimal"), left.code, right.code);
        }
        return callCode(runtime("pmodDecimalScaled"), left.code, numberCode(left.type.scale), right.code, numberCode(right.type.scale), numberCode(result.precision), numberCode(result.scale));
      default:
        return callCode(runtime("pmodDouble"), left.code, right.code);
    }
  },
};
