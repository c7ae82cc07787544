/** What a file counts times in. */
export type TimeUnit = "millis" | "micros" | "nanos";

/** 0001-01-01 and 9999-12-31 in days, and the seconds in which they begin and end: formats of text have no other years. */
const firstDay = -719_162;
const lastDay = 2_932_896;
const firstSecond = -62_135_596_800n;
const lastSecond = 253_402_300_799n;

/** The days that a date may have, counted from 1970. */
export const heldDays = { least: firstDay, greatest: lastDay } as const;

/** Microseconds of which a double holds each: the years 1684 to 2255. */
export const heldMicros = { least: Number.MIN_SAFE_INTEGER, greatest: Number.MAX_SAFE_INTEGER } as const;

/** Whether a number of days is a date of the years 1–9999. */
export function isHeldDay(days: unknown): days is number {
  return typeof days === "number" && Number.isInteger(days) && days >= firstDay && days <= lastDay;
}

/** A time in microseconds; parts of one are cut off towards the past, as Spark does. */
export function microsOf(time: bigint, unit: TimeUnit): bigint {
  return unit === "millis" ? time * 1000n : unit === "micros" ? time : floorDivide(time, 1000n);
}

/** A timestamp of the years 1–9999, as far as a double holds the microseconds exactly; else a text that says which type it is none of. Formats of text refuse the same. */
export function heldInstant(micros: bigint): number | string {
  const seconds = floorDivide(micros, 1_000_000n);
  if (seconds < firstSecond || seconds > lastSecond) return "timestamp";
  const held = Number(micros);
  return BigInt(held) === micros ? held : "timestamp that can be held: beyond the years 1684 to 2255 not every microsecond is";
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}
