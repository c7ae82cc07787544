import { daysFromCivil, daysInMonth } from "../time/civil.ts";

/** Days since the epoch of a day that exists in the proleptic Gregorian calendar (any year), else null. */
export function dayOf(year: number, month: number, day: number): number | null {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return daysFromCivil(year, month, day);
}
