import { RowError } from "../errors/row-error.ts";
import { microsPerSecond } from "../time/civil.ts";
import { timestampFromDecimal } from "./cast-timestamp.ts";
import { remainderExact, powerOfTen, type ExactInteger } from "./exact-integer.ts";

/** Spark's `unix_timestamp` of a timestamp: whole seconds, cut off towards zero (IntegralDivide). */
export function unixSeconds(micros: number): number {
  return (micros - (micros % microsPerSecond)) / microsPerSecond + 0;
}

/** Spark's `timestamp_seconds` of a double: cut off at the microsecond; null for NaN and the infinities. */
export function timestampOfSeconds(seconds: number): number | null {
  if (!Number.isFinite(seconds)) return null;
  const micros = Math.trunc(seconds * microsPerSecond) + 0;
  if (Math.abs(micros) >= 2 ** 63) throw new RowError("ARITHMETIC_OVERFLOW", `${seconds} seconds are more than a timestamp holds`);
  return micros;
}

/** Spark's `timestamp_seconds` of a decimal of that scale: a part below the microsecond is a `RowError`, never cut off. */
export function timestampOfDecimalSeconds(seconds: ExactInteger, scale: number): number {
  if (scale > 6 && Number(remainderExact(seconds, powerOfTen(scale - 6))) !== 0) {
    throw new RowError("ARITHMETIC_OVERFLOW", "the seconds have a part below the microsecond, which timestamp_seconds does not round");
  }
  return timestampFromDecimal(seconds, scale);
}
