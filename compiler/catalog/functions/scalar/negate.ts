import { binary, callCode, numberCode, runtime, unary } from "../../../code/index.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { durationType } from "../../../ir/types/data-type.ts";
import { numberOperand } from "../number-function.ts";
import { resolvedStrict } from "../operand.ts";
import type { ScalarFunction } from "../scalar-function.ts";

export const negate: ScalarFunction = {
  name: "negate",
  summary: "The sign changed, as `-x`; the smallest int and long overflow (Spark's UnaryMinus).",
  volatility: "immutable",
  resolve(operands) {
    if (operands.length === 1 && operands[0]?.type.kind === "duration") return resolvedStrict(operands, [durationType], durationType);
    const number = numberOperand(operands, "1 argument", 1);
    return "refused" in number ? number.refused : resolvedStrict(operands, [number.type], number.type);
  },
  nulls: "propagate",
  canFail: (_args, result) => result.kind === "int" || result.kind === "long",
  emit([value], result) {
    if (value === undefined) return internalError("E9003", "negate without an operand");
    switch (result.kind) {
      case "int":
        return callCode(runtime("negateInt"), value.code);
      case "long":
        return callCode(runtime("negateLong"), value.code);
      case "decimal":
        return callCode(runtime("negateDecimal"), value.code);
      case "duration":
        return binary("-", numberCode(0), value.code);
      default:
        return unary("-", value.code);
    }
  },
};
