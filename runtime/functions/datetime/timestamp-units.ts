import { RowError } from "../../errors/row-error.ts";
import { civilFromDays, dayOfTimestamp, microsPerDay, microsPerHour, microsPerMilli, microsPerMinute, microsPerSecond } from "../../time/civil.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import { addMicros, subtractMicros } from "../duration-arithmetic.ts";
import { type ExactInteger, multiplyExact } from "../exact-integer.ts";
import { addDuration } from "./add-duration.ts";
import { addMonthsToTimestamp } from "./add-months.ts";

/** So many units of a fixed length (`unit` microseconds) later: days by the local calendar (DateTimeUtils.timestampAdd). */
export function addUnits(micros: number, count: ExactInteger, unit: number, zone?: TimeZone): number {
  const duration = multiplyExact(count, unit);
  if (typeof duration !== "number") throw new RowError("DATETIME_OVERFLOW", `the timestamp ${count} units later is out of range`);
  return zone === undefined ? addMicros(micros, duration) : addDuration(micros, duration, zone);
}

/** So many units of `unit` months later. */
export function addMonthUnits(micros: number, count: ExactInteger, unit: number, zone?: TimeZone): number {
  const months = Number(count) * unit;
  if (months !== (months | 0)) throw new RowError("DATETIME_OVERFLOW", `the timestamp ${months} months later is out of range`);
  return addMonthsToTimestamp(micros, months, zone);
}

/** How many whole units of a fixed length the local clock goes on from `start` to `end`, cut off towards zero (DateTimeUtils.timestampDiff). */
export function unitsBetween(start: number, end: number, unit: number, zone?: TimeZone): number {
  return Math.trunc(localDifference(start, end, zone) / unit) + 0;
}

/** How many whole units of `unit` months lie from `start` to `end` by the local calendar (java.time.LocalDateTime.until). */
export function monthUnitsBetween(start: number, end: number, unit: number, zone?: TimeZone): number {
  const [from, to] = zone === undefined ? [start, end] : [zone.localOf(start), zone.localOf(end)];
  const [first, last] = [dayOfTimestamp(from), dayOfTimestamp(to)];
  const [early, late] = [from - first * microsPerDay, to - last * microsPerDay];
  const day = last > first && late < early ? last - 1 : last < first && late > early ? last + 1 : last;
  return Math.trunc((packed(day) - packed(first)) / 32 / unit) + 0;
}

/** The time that the local clock goes on from `start` to `end` (DateTimeUtils.subtractTimestamps). In UTC this is `subtractMicros`. */
export function localDifference(start: number, end: number, zone?: TimeZone): number {
  return zone === undefined ? subtractMicros(end, start) : subtractMicros(addMicros(end, zone.offsetAt(end)), addMicros(start, zone.offsetAt(start)));
}

/** The fixed units in microseconds, by name. */
export const fixedUnits: ReadonlyMap<string, number> = new Map([
  ["MICROSECOND", 1], ["MILLISECOND", microsPerMilli], ["SECOND", microsPerSecond], ["MINUTE", microsPerMinute], ["HOUR", microsPerHour],
  ["DAY", microsPerDay], ["DAYOFYEAR", microsPerDay], ["WEEK", 7 * microsPerDay],
]);

/** The units of the calendar in months, by name. */
export const monthUnits: ReadonlyMap<string, number> = new Map([["MONTH", 1], ["QUARTER", 3], ["YEAR", 12]]);

function packed(days: number): number {
  const { year, month, day } = civilFromDays(days);
  return (year * 12 + month) * 32 + day;
}
