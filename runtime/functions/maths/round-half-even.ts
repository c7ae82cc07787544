import { decimalOverflow, scaleUp } from "../decimal-arithmetic.ts";
import { addExact, canonicalInteger, type ExactInteger, fitsLong, fitsPrecision, powerOfTen, quotientExact, remainderExact } from "../exact-integer.ts";
import { intOverflow } from "../int-arithmetic.ts";
import { longOverflow } from "../long-arithmetic.ts";

// Spark's `bround`: to the nearest, and of two equally near to the even one (java.math.RoundingMode.HALF_EVEN).

/** At `places` behind the point, by the double's decimal text. */
export function broundDouble(value: number, places: number): number {
  if (!Number.isFinite(value)) return value;
  const [mantissa = "0", exponent = "0"] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const dropped = digits.length - 1 - Number(exponent) - places;
  if (dropped <= 0) return value + 0;
  const kept = dropped > digits.length ? 0 : divideHalfEven(canonicalInteger(BigInt(digits)), powerOfTen(dropped));
  return kept === 0 ? 0 : Number(`${value < 0 ? "-" : ""}${kept}e${-places}`);
}

/** `places` ≥ 0 leaves an int as it is; −1 rounds to tens. */
export function broundInt(value: number, places: number): number {
  const rounded = broundWhole(value, places);
  return rounded === (Number(rounded) | 0) ? rounded : intOverflow(`bround(${value}, ${places})`);
}

export function broundLong(value: ExactInteger, places: number): ExactInteger {
  const rounded = broundWhole(value, places);
  return fitsLong(rounded) ? rounded : longOverflow(`bround(${value}, ${places})`);
}

/** To `places` behind the point, in the scale `max(places, 0)`; `places` is less than `scale`. */
export function broundDecimal(value: ExactInteger, scale: number, places: number, precision: number): ExactInteger {
  const rounded = scaleUp(divideHalfEven(value, powerOfTen(scale - places)), Math.max(-places, 0));
  return fitsPrecision(rounded, precision) ? rounded : decimalOverflow("the rounded value", precision);
}

/** Spark's `rint`: a whole number, of two equally near the even one; the sign of a zero stays. */
export function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  const rounded = rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : rest >= 0.5 ? below + 1 : value;
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded;
}

function broundWhole(value: ExactInteger, places: number): ExactInteger {
  if (places >= 0) return value;
  return places < -20 ? 0 : scaleUp(divideHalfEven(value, powerOfTen(-places)), -places);
}

function divideHalfEven(value: ExactInteger, divisor: ExactInteger): ExactInteger {
  const quotient = quotientExact(value, divisor);
  const rest = remainderExact(value, divisor);
  const doubled = addExact(rest, rest);
  const size = doubled < 0 ? -doubled : doubled;
  const isUp = size > divisor || (size === divisor && remainderExact(quotient, 2) !== 0);
  return isUp ? addExact(quotient, value < 0 ? -1 : 1) : quotient;
}
