import { RowError } from "../errors/row-error.ts";
import { microsPerDay } from "../time/civil.ts";
import type { TimeZone } from "../time/time-zone.ts";
import { canonicalNumber, divideHalfUp, type ExactInteger, multiplyExact, powerOfTen } from "./exact-integer.ts";

// Timestamps and durations are microseconds in a double. A result that a double cannot hold to the microsecond is an error,
// never a rounded instant.

/** A timestamp or duration plus a duration. */
export function addMicros(left: number, right: number): number {
  const sum = left + right;
  return Number.isSafeInteger(sum) || (sum - left === right && sum - right === left) ? sum : notHeld("sum");
}

/** A timestamp less a duration, the duration between two timestamps, or the difference of two durations. */
export function subtractMicros(left: number, right: number): number {
  return addMicros(left, 0 - right);
}

/** A duration times an int or long. */
export function multiplyDuration(duration: number, factor: ExactInteger): number {
  return held(multiplyExact(canonicalNumber(duration), factor));
}

/** A duration times a double, rounded half up to the microsecond. */
export function multiplyDurationByDouble(duration: number, factor: number): number {
  return roundMicros(duration * factor);
}

/** A duration times a decimal, rounded half up to the microsecond. */
export function multiplyDurationByDecimal(duration: number, factor: ExactInteger, scale: number): number {
  return held(divideHalfUp(multiplyExact(canonicalNumber(duration), factor), powerOfTen(scale)));
}

/** A duration divided by an int or long, rounded half up to the microsecond. */
export function divideDuration(duration: number, divisor: ExactInteger): number {
  if (divisor === 0) throw new RowError("INTERVAL_DIVIDED_BY_ZERO", "duration divided by zero");
  return held(divideHalfUp(canonicalNumber(duration), divisor));
}

/** A duration divided by a double, rounded half up to the microsecond. */
export function divideDurationByDouble(duration: number, divisor: number): number {
  if (divisor === 0) throw new RowError("INTERVAL_DIVIDED_BY_ZERO", "duration divided by zero");
  return roundMicros(duration / divisor);
}

/** A date some days later (Spark's date_add): days since the epoch, 32 bits. */
export function addDays(date: number, days: number): number {
  const sum = date + days;
  if (sum !== (sum | 0)) throw new RowError("DATETIME_OVERFLOW", `the date ${days} days later is out of range`);
  return sum;
}

/** A date some days earlier. */
export function subtractDays(date: number, days: number): number {
  return addDays(date, 0 - days);
}

/** The first instant of a date, in UTC unless a zone is given, in microseconds. */
export function timestampOfDate(date: number, zone?: TimeZone): number {
  return zone === undefined ? date * microsPerDay : zone.startOfDay(date);
}

function roundMicros(value: number): number {
  if (Number.isNaN(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return notHeld("result");
  const whole = Math.trunc(value);
  return (Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole) + 0;
}

function held(value: ExactInteger): number {
  return typeof value === "number" ? value : notHeld("result");
}

function notHeld(what: string): never {
  throw new RowError("DATETIME_OVERFLOW", `the ${what} cannot be held to the microsecond`);
}
