import { castInvalid, castOverflow } from "./cast-failure.ts";
import { type ExactInteger, powerOfTen, quotientExact } from "./exact-integer.ts";
import { tryLongFromText } from "./cast-long.ts";

// Casts to int. A fraction is cut off; what does not fit is CAST_OVERFLOW, and null in the `try…` forms (Spark's Cast, ANSI).

/** Digits with an optional sign, white space around them (UTF8String.toIntExact). */
export function tryIntFromText(text: string): number | null {
  const value = tryLongFromText(text);
  return typeof value === "number" && value === (value | 0) ? value : null;
}

export function intFromText(text: string): number {
  return tryIntFromText(text) ?? castInvalid(text, "int");
}

export function tryIntFromLong(value: ExactInteger): number | null {
  return typeof value === "number" && value === (value | 0) ? value : null;
}

export function intFromLong(value: ExactInteger): number {
  return tryIntFromLong(value) ?? castOverflow(value, "int");
}

export function tryIntFromDouble(value: number): number | null {
  const whole = Math.trunc(value);
  return whole === (whole | 0) ? whole + 0 : null;
}

export function intFromDouble(value: number): number {
  return tryIntFromDouble(value) ?? castOverflow(value, "int");
}

export function tryIntFromDecimal(value: ExactInteger, scale: number): number | null {
  return tryIntFromLong(quotientExact(value, powerOfTen(scale)));
}

export function intFromDecimal(value: ExactInteger, scale: number): number {
  return intFromLong(quotientExact(value, powerOfTen(scale)));
}

/** Seconds since the epoch, rounded down. */
export function intFromTimestamp(micros: number): number {
  return intFromLong(longFromTimestamp(micros));
}

export function tryIntFromTimestamp(micros: number): number | null {
  return tryIntFromLong(longFromTimestamp(micros));
}

/** Seconds since the epoch, rounded down. */
export function longFromTimestamp(micros: number): number {
  const rest = micros % 1_000_000;
  return (micros - rest) / 1_000_000 - (rest < 0 ? 1 : 0);
}
