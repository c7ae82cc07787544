import { civilFromDays, dayOfTimestamp, daysInMonth, microsPerDay, microsPerSecond } from "../../time/civil.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import { utc } from "../../time/zone.ts";

const secondsPerDay = 86_400;

/**
 * How many months lie from `start` to `end`: a whole number where both are on the same day of the month or on its last one, else with a
 * fraction of a month of 31 days, to eight digits where `rounded` (DateTimeUtils.monthsBetween).
 */
export function monthsBetween(end: number, start: number, rounded: boolean, zone: TimeZone = utc): number {
  const [a, b] = [partsOf(end, zone), partsOf(start, zone)];
  const months = a.months - b.months;
  if (a.day === b.day || (a.isLast && b.isLast)) return months;
  const value = months + ((a.day - b.day) * secondsPerDay + a.seconds - b.seconds) / (31 * secondsPerDay);
  return rounded ? Math.floor(value * 1e8 + 0.5) / 1e8 : value;
}

function partsOf(micros: number, zone: TimeZone): { readonly months: number; readonly day: number; readonly isLast: boolean; readonly seconds: number } {
  const days = dayOfTimestamp(zone.localOf(micros));
  const { year, month, day } = civilFromDays(days);
  const midnight = zone === utc ? days * microsPerDay : zone.startOfDay(days);
  return { months: year * 12 + month, day, isLast: day === daysInMonth(year, month), seconds: Math.trunc((micros - midnight) / microsPerSecond) };
}
