import { RowError } from "../errors/row-error.ts";
import {
  addExact, divideHalfUp, type ExactInteger, fitsPrecision, multiplyExact, negateExact, powerOfTen, remainderExact, subtractExact,
} from "./exact-integer.ts";
import { decimalText } from "./decimal-text.ts";

// Arithmetic on scaled integers. Where the result's type is wide enough for every result the short forms serve (both operands
// in the result's scale); the `…Scaled` forms bring operands of any scale to a type of at most 38 digits, rounding half up
// (org.apache.spark.sql.types.Decimal).

/** The sum of two decimals of one scale, where the result's type holds every sum. */
export function addDecimal(left: ExactInteger, right: ExactInteger): ExactInteger {
  return addExact(left, right);
}

/** The difference of two decimals of one scale, where the result's type holds every difference. */
export function subtractDecimal(left: ExactInteger, right: ExactInteger): ExactInteger {
  return subtractExact(left, right);
}

/** The product, in the sum of the operands' scales, where the result's type holds every product. */
export function multiplyDecimal(left: ExactInteger, right: ExactInteger): ExactInteger {
  return multiplyExact(left, right);
}

export function addDecimalScaled(left: ExactInteger, leftScale: number, right: ExactInteger, rightScale: number, precision: number, scale: number): ExactInteger {
  const common = Math.max(leftScale, rightScale);
  return rescaleDecimal(addExact(scaleUp(left, common - leftScale), scaleUp(right, common - rightScale)), common, precision, scale);
}

export function subtractDecimalScaled(left: ExactInteger, leftScale: number, right: ExactInteger, rightScale: number, precision: number, scale: number): ExactInteger {
  return addDecimalScaled(left, leftScale, negateExact(right), rightScale, precision, scale);
}

/** `productScale` is the sum of the operands' scales. */
export function multiplyDecimalScaled(left: ExactInteger, right: ExactInteger, productScale: number, precision: number, scale: number): ExactInteger {
  return rescaleDecimal(multiplyExact(left, right), productScale, precision, scale);
}

/** `shift`: the result's scale less the dividend's plus the divisor's. */
export function divideDecimal(left: ExactInteger, right: ExactInteger, shift: number, precision: number): ExactInteger {
  if (right === 0) throw new RowError("DIVIDE_BY_ZERO", "decimal divided by zero");
  const dividend = shift > 0 ? scaleUp(left, shift) : left;
  const divisor = shift < 0 ? scaleUp(right, -shift) : right;
  const quotient = divideHalfUp(dividend, divisor);
  return fitsPrecision(quotient, precision) ? quotient : decimalOverflow("the quotient", precision);
}

/** The remainder of two decimals of one scale, with the sign of the dividend. */
export function remainderDecimal(left: ExactInteger, right: ExactInteger): ExactInteger {
  if (right === 0) throw new RowError("REMAINDER_BY_ZERO", "remainder of a decimal by zero");
  return remainderExact(left, right);
}

export function remainderDecimalScaled(left: ExactInteger, leftScale: number, right: ExactInteger, rightScale: number, precision: number, scale: number): ExactInteger {
  const common = Math.max(leftScale, rightScale);
  return rescaleDecimal(remainderDecimal(scaleUp(left, common - leftScale), scaleUp(right, common - rightScale)), common, precision, scale);
}

export function negateDecimal(value: ExactInteger): ExactInteger {
  return negateExact(value);
}

export function absDecimal(value: ExactInteger): ExactInteger {
  return value < 0 ? negateExact(value) : value;
}

/** A scaled integer in another scale, rounded half up, or null where it has more than `precision` digits then. */
export function tryRescaleDecimal(value: ExactInteger, fromScale: number, precision: number, scale: number): ExactInteger | null {
  const rescaled = scale >= fromScale ? scaleUp(value, scale - fromScale) : divideHalfUp(value, powerOfTen(fromScale - scale));
  return fitsPrecision(rescaled, precision) ? rescaled : null;
}

/** A scaled integer (or an int or long, of scale 0) as decimal(precision, scale), rounded half up. */
export function rescaleDecimal(value: ExactInteger, fromScale: number, precision: number, scale: number): ExactInteger {
  return tryRescaleDecimal(value, fromScale, precision, scale) ?? decimalOverflow(decimalText(value, fromScale), precision, scale);
}

/** `value × 10^places`. */
export function scaleUp(value: ExactInteger, places: number): ExactInteger {
  return places === 0 ? value : multiplyExact(value, powerOfTen(places));
}

/** Throws the overflow of a decimal type. */
export function decimalOverflow(what: string, precision: number, scale?: number): never {
  throw new RowError("NUMERIC_VALUE_OUT_OF_RANGE", scale === undefined ? `${what} has more than ${precision} digits` : `${what} does not fit decimal(${precision},${scale})`);
}
