import { dayOfTimestamp, microsPerDay, microsPerHour, microsPerMilli, microsPerMinute, microsPerSecond } from "../time/civil.ts";
import type { TimeZone } from "../time/time-zone.ts";
import { firstDayOfMonth, firstDayOfQuarter, firstDayOfWeek, firstDayOfYear } from "./datetime/truncate-date.ts";

// Spark's `date_trunc`: the start of the unit in which a timestamp lies, in a time zone (UTC unless given). Units of a day and more begin
// with the first instant of their day; in an hour that occurs twice, hours and minutes stay in their own (DateTimeUtils.truncTimestamp).

export function startOfYear(micros: number, zone?: TimeZone): number {
  return midnight(firstDayOfYear(localDay(micros, zone)), zone);
}

export function startOfQuarter(micros: number, zone?: TimeZone): number {
  return midnight(firstDayOfQuarter(localDay(micros, zone)), zone);
}

export function startOfMonth(micros: number, zone?: TimeZone): number {
  return midnight(firstDayOfMonth(localDay(micros, zone)), zone);
}

/** Weeks begin on Monday. */
export function startOfWeek(micros: number, zone?: TimeZone): number {
  return midnight(firstDayOfWeek(localDay(micros, zone)), zone);
}

export function startOfDay(micros: number, zone?: TimeZone): number {
  return zone === undefined ? dayOfTimestamp(micros) * microsPerDay : floorLocally(micros, microsPerDay, zone);
}

export function startOfHour(micros: number, zone?: TimeZone): number {
  return zone === undefined ? floorTo(micros, microsPerHour) : floorLocally(micros, microsPerHour, zone);
}

export function startOfMinute(micros: number, zone?: TimeZone): number {
  return zone === undefined ? floorTo(micros, microsPerMinute) : floorLocally(micros, microsPerMinute, zone);
}

export function startOfSecond(micros: number): number {
  return floorTo(micros, microsPerSecond);
}

export function startOfMillisecond(micros: number): number {
  return floorTo(micros, microsPerMilli);
}

/** The kernel of each unit by its names in capitals (DateTimeUtils.parseTruncLevel). */
const truncations: ReadonlyMap<string, (micros: number, zone?: TimeZone) => number> = new Map([
  ...["YEAR", "YYYY", "YY"].map((name) => [name, startOfYear] as const),
  ["QUARTER", startOfQuarter],
  ...["MONTH", "MON", "MM"].map((name) => [name, startOfMonth] as const),
  ["WEEK", startOfWeek],
  ...["DAY", "DD"].map((name) => [name, startOfDay] as const),
  ["HOUR", startOfHour],
  ["MINUTE", startOfMinute],
  ["SECOND", startOfSecond],
  ["MILLISECOND", startOfMillisecond],
  ["MICROSECOND", (micros: number) => micros],
]);

/** `date_trunc` by a unit from the data; null for a text that names none. */
export function truncateTimestamp(unit: string, micros: number, zone?: TimeZone): number | null {
  return truncations.get(unit.toUpperCase())?.(micros, zone) ?? null;
}

function localDay(micros: number, zone: TimeZone | undefined): number {
  return dayOfTimestamp(zone === undefined ? micros : zone.localOf(micros));
}

function midnight(days: number, zone: TimeZone | undefined): number {
  return zone === undefined ? days * microsPerDay : zone.startOfDay(days);
}

function floorLocally(micros: number, unit: number, zone: TimeZone): number {
  const offset = zone.offsetAt(micros);
  return zone.instantNear(floorTo(micros + offset, unit), offset);
}

function floorTo(micros: number, unit: number): number {
  const rest = micros % unit;
  return micros - (rest < 0 ? rest + unit : rest);
}
