import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { durationType, isNumeric } from "../../../ir/types/data-type.ts";
import { resolveArithmetic } from "../arithmetic-signature.ts";
import { arithmeticCanFail, emitArithmetic } from "../emit-arithmetic.ts";
import { pairOf, resolvedStrict } from "../operand.ts";
import type { EmittedArgument, ScalarFunction } from "../scalar-function.ts";

export const multiply: ScalarFunction = {
  name: "*",
  summary: "Product; overflow is an error. Also a duration times a number, rounded half up to the microsecond (Spark's Multiply, MultiplyDTInterval).",
  volatility: "immutable",
  resolve(operands) {
    const pair = pairOf(operands);
    if ("refused" in pair) return pair.refused;
    const { left, right } = pair;
    const [duration, factor] = left.type.kind === "duration" ? [left, right] : [right, left];
    if (duration.type.kind === "duration" && (isNumeric(factor.type) || factor.type.kind === "null")) return resolvedStrict(operands, [left.type, right.type], durationType);
    return resolveArithmetic("*", operands, left, right);
  },
  nulls: "propagate",
  canFail: (_args, result) => result.kind === "duration" || arithmeticCanFail("*", result),
  emit(args, result) {
    if (result.kind !== "duration") return emitArithmetic("*", args, result);
    const [duration, factor] = args[0]?.type.kind === "duration" ? args : [...args].reverse();
    return duration === undefined || factor === undefined ? internalError("E9003", "* without two operands") : times(duration, factor);
  },
};

function times(duration: EmittedArgument, factor: EmittedArgument): ReturnType<ScalarFunction["emit"]> {
  if (factor.type.kind === "decimal") return callCode(runtime("multiplyDurationByDecimal"), duration.code, factor.code, numberCode(factor.type.scale));
  const isWhole = factor.type.kind === "int" || factor.type.kind === "long";
  return callCode(runtime(isWhole ? "multiplyDuration" : "multiplyDurationByDouble"), duration.code, factor.code);
}
