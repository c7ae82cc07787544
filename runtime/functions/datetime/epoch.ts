import { RowError } from "../../errors/row-error.ts";
import { microsPerMilli, microsPerSecond } from "../../time/civil.ts";
import { type ExactInteger, multiplyExact } from "../exact-integer.ts";

/** Spark's `timestamp_millis`; a number that cannot be held to the microsecond is a `RowError`. */
export function timestampOfMillis(millis: ExactInteger): number {
  const micros = multiplyExact(millis, microsPerMilli);
  if (typeof micros === "bigint" && BigInt.asIntN(64, micros) !== micros) throw new RowError("ARITHMETIC_OVERFLOW", `${millis} milliseconds are more than a timestamp holds`);
  return held(micros);
}

/** Spark's `timestamp_micros`; a number that a timestamp cannot hold is a `RowError`. */
export function timestampOfMicros(micros: ExactInteger): number {
  return held(micros);
}

/** Spark's `unix_micros`, a canonical long. */
export function unixMicros(micros: number): ExactInteger {
  return Number.isSafeInteger(micros) ? micros : BigInt(micros);
}

/** Spark's `unix_millis`: whole milliseconds, rounded down. */
export function unixMillis(micros: number): number {
  return floorDivide(micros, microsPerMilli);
}

/** Spark's `unix_seconds`: whole seconds, rounded down (`unix_timestamp` cuts off towards zero). */
export function unixWholeSeconds(micros: number): number {
  return floorDivide(micros, microsPerSecond);
}

/** Microseconds of the minute: the seconds with their fraction, as a decimal of scale 6. */
export function secondsWithFraction(micros: number): number {
  const rest = micros % 60_000_000;
  return rest < 0 ? rest + 60_000_000 : rest;
}

function floorDivide(micros: number, unit: number): number {
  const rest = micros % unit;
  return (micros - rest) / unit - (rest < 0 ? 1 : 0) + 0;
}

function held(micros: ExactInteger): number {
  const value = Number(micros);
  // Beyond the safe integers only whole seconds are held everywhere (`isHoldable`).
  if (typeof micros === "number" || (BigInt(value) === micros && micros % 1_000_000n === 0n)) return value;
  throw new RowError("TIMESTAMP_NOT_REPRESENTABLE", `${micros} microseconds cannot be held`);
}
