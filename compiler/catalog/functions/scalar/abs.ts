import { callCode, runtime } from "../../../code/index.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { type DataType, durationType } from "../../../ir/types/data-type.ts";
import { numberOperand } from "../number-function.ts";
import { resolvedStrict } from "../operand.ts";
import type { ScalarFunction } from "../scalar-function.ts";

export const abs: ScalarFunction = {
  name: "abs",
  summary: "The absolute value of a number or duration; of the smallest int and long it is an overflow (Spark's Abs).",
  volatility: "immutable",
  resolve(operands) {
    if (operands.length === 1 && operands[0]?.type.kind === "duration") return resolvedStrict(operands, [durationType], durationType);
    const number = numberOperand(operands, "1 argument", 1);
    return "refused" in number ? number.refused : resolvedStrict(operands, [number.type], number.type);
  },
  nulls: "propagate",
  canFail: (_args, result) => result.kind === "int" || result.kind === "long",
  emit: ([value], result) => (value === undefined ? internalError("E9003", "abs without an operand") : callCode(runtime(kernelOf(result)), value.code)),
};

function kernelOf(type: DataType): string {
  switch (type.kind) {
    case "int":
      return "absInt";
    case "long":
      return "absLong";
    case "decimal":
      return "absDecimal";
    default:
      return "absDouble";
  }
}
