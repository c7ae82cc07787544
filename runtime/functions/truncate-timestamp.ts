import { dayOfTimestamp, daysFromCivil, isoWeekdayOfDays, microsPerDay, microsPerHour, microsPerMilli, microsPerMinute, microsPerSecond, monthOfDays, yearOfDays } from "../time/civil.ts";

// Spark's `date_trunc` in UTC: the start of the unit in which a timestamp lies.

export function startOfYear(micros: number): number {
  return daysFromCivil(yearOfDays(dayOfTimestamp(micros)), 1, 1) * microsPerDay;
}

export function startOfQuarter(micros: number): number {
  const days = dayOfTimestamp(micros);
  const month = monthOfDays(days);
  return daysFromCivil(yearOfDays(days), month - ((month - 1) % 3), 1) * microsPerDay;
}

export function startOfMonth(micros: number): number {
  const days = dayOfTimestamp(micros);
  return daysFromCivil(yearOfDays(days), monthOfDays(days), 1) * microsPerDay;
}

/** Weeks begin on Monday. */
export function startOfWeek(micros: number): number {
  const days = dayOfTimestamp(micros);
  return (days - isoWeekdayOfDays(days) + 1) * microsPerDay;
}

export function startOfDay(micros: number): number {
  return dayOfTimestamp(micros) * microsPerDay;
}

export function startOfHour(micros: number): number {
  return floorTo(micros, microsPerHour);
}

export function startOfMinute(micros: number): number {
  return floorTo(micros, microsPerMinute);
}

export function startOfSecond(micros: number): number {
  return floorTo(micros, microsPerSecond);
}

export function startOfMillisecond(micros: number): number {
  return floorTo(micros, microsPerMilli);
}

/** The kernel of each unit by its names in capitals (DateTimeUtils.parseTruncLevel). */
const truncations: ReadonlyMap<string, (micros: number) => number> = new Map([
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
export function truncateTimestamp(unit: string, micros: number): number | null {
  return truncations.get(unit.toUpperCase())?.(micros) ?? null;
}

function floorTo(micros: number, unit: number): number {
  const rest = micros % unit;
  return micros - (rest < 0 ? rest + unit : rest);
}
