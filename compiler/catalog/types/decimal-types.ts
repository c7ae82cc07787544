import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import { decimalType, type DataType, type DecimalType } from "../../ir/types/data-type.ts";

const maxPrecision = 38;
/** The places that a result keeps when its digits must be cut (Spark's DecimalType.MINIMUM_ADJUSTED_SCALE). */
const minimumAdjustedScale = 6;

/** The decimal type that holds every value of a numeric type (Spark's DecimalType.forType); undefined for others. */
export function decimalFor(type: DataType): DecimalType | undefined {
  switch (type.kind) {
    case "decimal":
      return type;
    case "int":
      return decimalType(10, 0);
    case "long":
      return decimalType(20, 0);
    case "float":
      return decimalType(14, 7);
    case "double":
      return decimalType(30, 15);
    default:
      return undefined;
  }
}

/** The decimal type of an operand of decimal arithmetic: an int or long literal takes just its own digits (DataTypeUtils.fromLiteral). */
export function decimalOfOperand(type: DataType, operand: { readonly constant: { readonly value: LiteralValue } | undefined; readonly computed?: boolean }): DecimalType | undefined {
  const value = operand.computed === true ? undefined : operand.constant?.value;
  if ((type.kind === "int" || type.kind === "long") && (typeof value === "number" || typeof value === "bigint")) {
    return decimalType(String(value).replace("-", "").length, 0);
  }
  return decimalFor(type);
}

/** At most 38 digits: places are given up for digits before the point, down to six (DecimalType.adjustPrecisionScale). */
export function adjustPrecisionScale(precision: number, scale: number): DecimalType {
  if (precision <= maxPrecision) return decimalType(precision, scale);
  const integral = precision - scale;
  return decimalType(maxPrecision, Math.max(maxPrecision - integral, Math.min(scale, minimumAdjustedScale)));
}

/** Both figures cut at 38 (DecimalType.bounded). */
export function boundedDecimal(precision: number, scale: number): DecimalType {
  return decimalType(Math.min(precision, maxPrecision), Math.min(scale, maxPrecision));
}

/** The type that two decimals have in common: as many places as either, digits before the point first (boundedPreferIntegralDigits). */
export function widerDecimal(a: DecimalType, b: DecimalType): DecimalType {
  const scale = Math.max(a.scale, b.scale);
  const precision = Math.max(a.precision - a.scale, b.precision - b.scale) + scale;
  return precision <= maxPrecision ? decimalType(precision, scale) : decimalType(maxPrecision, Math.max(0, scale - (precision - maxPrecision)));
}

/** The result type of an operation on two decimals (Spark's Add, Subtract, Multiply, Divide, Remainder `.resultDecimalType`). */
export function decimalResult(operator: "+" | "-" | "*" | "/" | "%", a: DecimalType, b: DecimalType): DecimalType {
  const integralA = a.precision - a.scale;
  const integralB = b.precision - b.scale;
  const scale = Math.max(a.scale, b.scale);
  switch (operator) {
    case "+":
    case "-":
      return adjustPrecisionScale(Math.max(integralA, integralB) + scale + 1, scale);
    case "*":
      return adjustPrecisionScale(a.precision + b.precision + 1, a.scale + b.scale);
    case "/": {
      const places = Math.max(minimumAdjustedScale, a.scale + b.precision + 1);
      return adjustPrecisionScale(integralA + b.scale + places, places);
    }
    case "%":
      return adjustPrecisionScale(Math.min(integralA, integralB) + scale, scale);
  }
}

/** The result type of `round floor ceil` at `places` behind the point (Spark's RoundBase). */
export function roundedDecimal(type: DecimalType, places: number): DecimalType {
  const integral = type.precision - type.scale + 1;
  if (places < 0) return decimalType(Math.min(Math.max(integral, 1 - places), maxPrecision), 0);
  const scale = Math.min(type.scale, places);
  return decimalType(Math.min(integral + scale, maxPrecision), scale);
}
