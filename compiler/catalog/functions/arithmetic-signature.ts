import { decimalType, type DataType, type DecimalType, doubleType, floatType, intType, isNumeric, longType } from "../../ir/types/data-type.ts";
import { decimalOfOperand, decimalResult } from "../types/decimal-types.ts";
import { resolvedStrict, wrongType } from "./operand.ts";
import type { Operand, Resolution } from "./signature.ts";

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%";

/**
 * Types of arithmetic on numbers, after Spark's ANSI rules: a string beside an int or long is a long, beside another number a
 * double; decimals keep their own types with the literal's digits for an int literal; `/` of what is not decimal is double.
 */
export function resolveArithmetic(operator: ArithmeticOperator, operands: readonly Operand[], left: Operand, right: Operand): Resolution {
  const [a, b] = [typeBeside(left, right, operator), typeBeside(right, left, operator)];
  if (a === undefined) return wrongType(0, "a number");
  if (b === undefined) return wrongType(1, "a number");
  if (a.kind === "double" || b.kind === "double" || (isFloat(a) !== isFloat(b))) return resolvedStrict(operands, [doubleType, doubleType], doubleType);
  const [decimalA, decimalB] = [decimalOfOperand(a, left), decimalOfOperand(b, right)];
  if ((a.kind === "decimal" || b.kind === "decimal") && decimalA !== undefined && decimalB !== undefined) {
    return resolvedStrict(operands, decimalParameters(operator, decimalA, decimalB), decimalResult(operator, decimalA, decimalB));
  }
  if (operator === "/") return resolvedStrict(operands, [doubleType, doubleType], doubleType);
  const common = isFloat(a) ? floatType : a.kind === "long" || b.kind === "long" ? longType : intType;
  return resolvedStrict(operands, [common, common], common);
}

/** Whether the decimal kernels' short forms serve: operands in one scale and a result type that holds every result. */
export function isPlainDecimal(operator: ArithmeticOperator, a: DecimalType, b: DecimalType, result: DecimalType): boolean {
  if (operator === "*") return a.precision + b.precision + 1 <= 38 && result.scale === a.scale + b.scale;
  if (a.scale !== b.scale || result.scale !== a.scale) return false;
  return operator === "%" || Math.max(a.precision, b.precision) + 1 <= 38;
}

/** The operand's type once strings and nulls have taken the type that the other side suggests. */
function typeBeside(operand: Operand, other: Operand, operator: ArithmeticOperator): DataType | undefined {
  switch (operand.type.kind) {
    case "null":
      return other.type.kind === "null" ? doubleType : isNumeric(other.type) ? other.type : undefined;
    case "string":
      if (!isNumeric(other.type)) return undefined;
      return operator !== "/" && (other.type.kind === "int" || other.type.kind === "long") ? longType : doubleType;
    default:
      return isNumeric(operand.type) ? operand.type : undefined;
  }
}

/** Both operands in the common scale where all their digits fit that, so that a literal is scaled once, at compile time. */
function decimalParameters(operator: ArithmeticOperator, a: DecimalType, b: DecimalType): readonly DataType[] {
  if (operator === "*" || operator === "/") return [a, b];
  const scale = Math.max(a.scale, b.scale);
  const [left, right] = [a, b].map((type) => decimalType(type.precision + scale - type.scale, scale));
  return left !== undefined && right !== undefined && left.precision <= 38 && right.precision <= 38 ? [left, right] : [a, b];
}

function isFloat(type: DataType): boolean {
  return type.kind === "float";
}
