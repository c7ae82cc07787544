import { callCode, runtime } from "../../../code/index.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { doubleType, durationType, isNumeric } from "../../../ir/types/data-type.ts";
import { resolveArithmetic } from "../arithmetic-signature.ts";
import { emitArithmetic } from "../emit-arithmetic.ts";
import { pairOf, resolvedStrict } from "../operand.ts";
import type { ScalarFunction } from "../scalar-function.ts";

export const divide: ScalarFunction = {
  name: "/",
  summary: "Quotient: a double, also of ints; of decimals a decimal. By zero is an error. Also a duration divided by a number (Spark's Divide, DivideDTInterval).",
  volatility: "immutable",
  resolve(operands) {
    const pair = pairOf(operands);
    if ("refused" in pair) return pair.refused;
    const { left, right } = pair;
    if (left.type.kind === "duration" && isNumeric(right.type)) {
      const isWhole = right.type.kind === "int" || right.type.kind === "long";
      return resolvedStrict(operands, [durationType, isWhole ? right.type : doubleType], durationType);
    }
    return resolveArithmetic("/", operands, left, right);
  },
  nulls: "propagate",
  canFail: () => true,
  emit(args, result) {
    if (result.kind !== "duration") return emitArithmetic("/", args, result);
    const [duration, divisor] = args;
    if (duration === undefined || divisor === undefined) return internalError("E9003", "/ without two operands");
    return callCode(runtime(divisor.type.kind === "double" ? "divideDurationByDouble" : "divideDuration"), duration.code, divisor.code);
  },
};
