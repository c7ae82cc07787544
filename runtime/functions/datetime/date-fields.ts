import { dayOfYearOfDays, daysFromCivil, daysInMonth, isoWeekdayOfDays, monthOfDays, yearOfDays } from "../../time/civil.ts";
import { shortMonthNames, shortWeekdayNames } from "./names.ts";

// Parts of a date, given as days since the epoch.

/** 1–4. */
export function quarterOfDays(days: number): number {
  return Math.ceil(monthOfDays(days) / 3);
}

/** Monday 0 … Sunday 6. */
export function weekdayOfDays(days: number): number {
  return isoWeekdayOfDays(days) - 1;
}

/** The ISO week, 1–53: weeks begin on Monday, the first of a year is the one with its first Thursday. */
export function weekOfYearOfDays(days: number): number {
  return Math.ceil(dayOfYearOfDays(thursdayOf(days)) / 7);
}

/** The year to which the ISO week belongs. */
export function weekYearOfDays(days: number): number {
  return yearOfDays(thursdayOf(days));
}

/** `Mon` … `Sun`. */
export function dayNameOfDays(days: number): string {
  return shortWeekdayNames[isoWeekdayOfDays(days) - 1] ?? "";
}

/** `Jan` … `Dec`. */
export function monthNameOfDays(days: number): string {
  return shortMonthNames[monthOfDays(days) - 1] ?? "";
}

/** The last day of the date's month. */
export function lastDayOfMonth(days: number): number {
  const [year, month] = [yearOfDays(days), monthOfDays(days)];
  return daysFromCivil(year, month, daysInMonth(year, month));
}

function thursdayOf(days: number): number {
  return days - isoWeekdayOfDays(days) + 4;
}
