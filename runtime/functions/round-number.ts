import { decimalOverflow, rescaleDecimal, scaleUp } from "./decimal-arithmetic.ts";
import { addExact, canonicalInteger, divideHalfUp, type ExactInteger, fitsLong, fitsPrecision, powerOfTen, quotientExact, remainderExact } from "./exact-integer.ts";
import { intOverflow } from "./int-arithmetic.ts";
import { longOverflow } from "./long-arithmetic.ts";

/** Half away from zero at `places` behind the point, by the double's decimal text (Spark's Round over BigDecimal(x)). */
export function roundDouble(value: number, places: number): number {
  if (!Number.isFinite(value)) return value;
  const size = Math.abs(value);
  if (places === 0 && size < 2 ** 52) {
    const whole = Math.trunc(value);
    return (Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole) + 0;
  }
  const [mantissa = "0", exponent = "0"] = size.toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const dropped = digits.length - 1 - Number(exponent) - places;
  if (dropped <= 0) return value + 0;
  const kept = dropped > digits.length ? 0 : divideHalfUp(canonicalInteger(BigInt(digits)), powerOfTen(dropped));
  const rounded = Number(`${kept}e${-places}`);
  return kept === 0 ? 0 : value < 0 ? -rounded : rounded;
}

/** `places` ≥ 0 leaves an int as it is; −1 rounds to tens. */
export function roundInt(value: number, places: number): number {
  const rounded = roundWhole(value, places);
  return rounded === (Number(rounded) | 0) ? rounded : intOverflow(`round(${value}, ${places})`);
}

export function roundLong(value: ExactInteger, places: number): ExactInteger {
  const rounded = roundWhole(value, places);
  return fitsLong(rounded) ? rounded : longOverflow(`round(${value}, ${places})`);
}

/** To `places` behind the point, in the scale `max(places, 0)`. */
export function roundDecimal(value: ExactInteger, scale: number, places: number, precision: number): ExactInteger {
  if (places >= 0) return rescaleDecimal(value, scale, precision, places);
  return checked(scaleUp(divideHalfUp(value, powerOfTen(scale - places)), -places), precision);
}

export function floorDecimal(value: ExactInteger, scale: number, places: number, precision: number): ExactInteger {
  return towards(value, scale, places, precision, -1);
}

export function ceilDecimal(value: ExactInteger, scale: number, places: number, precision: number): ExactInteger {
  return towards(value, scale, places, precision, 1);
}

/** The floor as a long. What no long holds is clamped and NaN is 0, as Spark's `Math.floor(x).toLong`. */
export function floorDouble(value: number): ExactInteger {
  return clampToLong(Math.floor(value));
}

/** The ceiling as a long; see `floorDouble`. */
export function ceilDouble(value: number): ExactInteger {
  return clampToLong(Math.ceil(value));
}

/** `direction`: −1 to the floor, 1 to the ceiling. */
function towards(value: ExactInteger, scale: number, places: number, precision: number, direction: -1 | 1): ExactInteger {
  if (places >= scale) return checked(scaleUp(value, places - scale), precision);
  const unit = powerOfTen(scale - places);
  const whole = quotientExact(value, unit);
  const rest = remainderExact(value, unit);
  const moved = rest !== 0 && rest < 0 === direction < 0 ? addExact(whole, direction) : whole;
  return checked(places < 0 ? scaleUp(moved, -places) : moved, precision);
}

function roundWhole(value: ExactInteger, places: number): ExactInteger {
  if (places >= 0) return value;
  if (places < -19) return 0;
  return scaleUp(divideHalfUp(value, powerOfTen(-places)), -places);
}

function clampToLong(value: number): ExactInteger {
  if (Number.isSafeInteger(value)) return value + 0;
  if (Number.isNaN(value)) return 0;
  if (value >= 2 ** 63) return 2n ** 63n - 1n;
  return value <= -(2 ** 63) ? -(2n ** 63n) : BigInt(value);
}

function checked(value: ExactInteger, precision: number): ExactInteger {
  return fitsPrecision(value, precision) ? value : decimalOverflow("the rounded value", precision);
}
