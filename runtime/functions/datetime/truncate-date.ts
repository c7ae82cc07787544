import { daysFromCivil, isoWeekdayOfDays, monthOfDays, yearOfDays } from "../../time/civil.ts";

// Spark's `trunc`: the first day of the unit in which a date lies.

export function firstDayOfYear(days: number): number {
  return daysFromCivil(yearOfDays(days), 1, 1);
}

export function firstDayOfQuarter(days: number): number {
  const month = monthOfDays(days);
  return daysFromCivil(yearOfDays(days), month - ((month - 1) % 3), 1);
}

export function firstDayOfMonth(days: number): number {
  return daysFromCivil(yearOfDays(days), monthOfDays(days), 1);
}

/** Weeks begin on Monday. */
export function firstDayOfWeek(days: number): number {
  return days - isoWeekdayOfDays(days) + 1;
}

/** The kernel of each unit by its names in capitals; there are none below the week (DateTimeUtils.parseTruncLevel, MIN_LEVEL_OF_DATE_TRUNC). */
const truncations: ReadonlyMap<string, (days: number) => number> = new Map([
  ...["YEAR", "YYYY", "YY"].map((name) => [name, firstDayOfYear] as const),
  ["QUARTER", firstDayOfQuarter],
  ...["MONTH", "MON", "MM"].map((name) => [name, firstDayOfMonth] as const),
  ["WEEK", firstDayOfWeek],
]);

/** `trunc` by a unit from the data; null for a text that names none of a date. */
export function truncateDate(days: number, unit: string): number | null {
  return truncations.get(unit.toUpperCase())?.(days) ?? null;
}
