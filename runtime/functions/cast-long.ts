import { castInvalid, castOverflow, trimAll } from "./cast-failure.ts";
import { canonicalInteger, canonicalNumber, type ExactInteger, fitsLong, powerOfTen, quotientExact } from "./exact-integer.ts";

// Casts to long; see cast-int.ts.

/** Digits with an optional sign, white space around them (UTF8String.toLongExact). */
export function tryLongFromText(text: string): ExactInteger | null {
  const length = text.length;
  let at = 0;
  const sign = length > 0 ? text.charCodeAt(0) : 0;
  if (sign === 45 || sign === 43) at = 1;
  if (at === length || length > 15) return longFromDigits(trimAll(text));
  let value = 0;
  for (; at < length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return longFromDigits(trimAll(text));
    value = value * 10 + digit;
  }
  return sign === 45 ? 0 - value : value;
}

export function longFromText(text: string): ExactInteger {
  return tryLongFromText(text) ?? castInvalid(text, "long");
}

export function tryLongFromDouble(value: number): ExactInteger | null {
  const whole = Math.trunc(value);
  if (Number.isSafeInteger(whole)) return whole + 0;
  return whole >= -(2 ** 63) && whole < 2 ** 63 ? canonicalNumber(whole) : null;
}

export function longFromDouble(value: number): ExactInteger {
  return tryLongFromDouble(value) ?? castOverflow(value, "long");
}

export function tryLongFromDecimal(value: ExactInteger, scale: number): ExactInteger | null {
  const whole = quotientExact(value, powerOfTen(scale));
  return fitsLong(whole) ? whole : null;
}

export function longFromDecimal(value: ExactInteger, scale: number): ExactInteger {
  return tryLongFromDecimal(value, scale) ?? castOverflow(quotientExact(value, powerOfTen(scale)), "long");
}

function longFromDigits(trimmed: string): ExactInteger | null {
  if (!/^[+-]?[0-9]+$/.test(trimmed)) return null;
  const value = canonicalInteger(BigInt(trimmed.startsWith("+") ? trimmed.slice(1) : trimmed));
  return fitsLong(value) ? value : null;
}
