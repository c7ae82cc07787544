import { RowError } from "../../errors/row-error.ts";
import { remainderDecimal, rescaleDecimal, scaleUp } from "../decimal-arithmetic.ts";
import { remainderDouble } from "../double-arithmetic.ts";
import { addExact, canonicalInteger, type ExactInteger, fitsLong, fitsPrecision, quotientExact } from "../exact-integer.ts";
import { remainderInt } from "../int-arithmetic.ts";
import { longOverflow, remainderLong } from "../long-arithmetic.ts";

// Spark's `pmod`: the remainder, with the divisor added where it is negative, and the remainder taken again.

export function pmodInt(value: number, divisor: number): number {
  const rest = remainderInt(value, divisor);
  return rest < 0 ? remainderInt((rest + divisor) | 0, divisor) : rest;
}

export function pmodLong(value: ExactInteger, divisor: ExactInteger): ExactInteger {
  const rest = remainderLong(value, divisor);
  return rest < 0 ? remainderLong(canonicalInteger(BigInt.asIntN(64, BigInt(rest) + BigInt(divisor))), divisor) : rest;
}

export function pmodDouble(value: number, divisor: number): number {
  const rest = remainderDouble(value, divisor);
  return rest < 0 ? (rest + divisor) % divisor : rest;
}

/** Of two decimals of one scale. */
export function pmodDecimal(value: ExactInteger, divisor: ExactInteger): ExactInteger {
  const rest = remainderDecimal(value, divisor);
  return rest < 0 ? remainderDecimal(addExact(rest, divisor), divisor) : rest;
}

/** Of two decimals of any scales, as decimal(precision, scale). */
export function pmodDecimalScaled(value: ExactInteger, valueScale: number, divisor: ExactInteger, divisorScale: number, precision: number, scale: number): ExactInteger {
  const common = Math.max(valueScale, divisorScale);
  return rescaleDecimal(pmodDecimal(scaleUp(value, common - valueScale), scaleUp(divisor, common - divisorScale)), common, precision, scale);
}

/** Spark's `div`: the quotient of two whole numbers (or decimals of one scale) without its fraction, as a long. */
export function divideWhole(value: ExactInteger, divisor: ExactInteger): ExactInteger {
  if (divisor === 0) throw new RowError("DIVIDE_BY_ZERO", `${value} divided by zero`);
  const quotient = quotientExact(value, divisor);
  return fitsLong(quotient) ? quotient : longOverflow(`div(${value}, ${divisor})`);
}

/** Spark's `div` of two decimals of any scales. */
export function divideWholeScaled(value: ExactInteger, valueScale: number, divisor: ExactInteger, divisorScale: number): ExactInteger {
  const common = Math.max(valueScale, divisorScale);
  const [dividend, scaled] = [scaleUp(value, common - valueScale), scaleUp(divisor, common - divisorScale)];
  if (scaled !== 0 && !fitsPrecision(quotientExact(dividend, scaled), 38)) throw new RowError("NUMERIC_VALUE_OUT_OF_RANGE", `div(${dividend}, ${scaled}) has more than 38 digits`);
  return divideWhole(dividend, scaled);
}
