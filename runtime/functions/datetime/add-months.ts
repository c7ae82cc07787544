import { RowError } from "../../errors/row-error.ts";
import { civilFromDays, dayOfTimestamp, daysFromCivil, daysInMonth, microsPerDay } from "../../time/civil.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import { utc } from "../../time/zone.ts";

/** A date some months later; a day that the month has not is its last one (java.time.LocalDate.plusMonths). */
export function addMonths(date: number, months: number): number {
  const { year, month, day } = civilFromDays(date);
  const total = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(total / 12), total - Math.floor(total / 12) * 12 + 1];
  const sum = daysFromCivil(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
  if (sum !== (sum | 0)) throw new RowError("DATETIME_OVERFLOW", `the date ${months} months later is out of range`);
  return sum;
}

/** A timestamp some months later by the local calendar; the time of day stays (DateTimeUtils.timestampAddMonths). */
export function addMonthsToTimestamp(micros: number, months: number, zone: TimeZone = utc): number {
  const offset = zone.offsetAt(micros);
  const local = micros + offset;
  const day = dayOfTimestamp(local);
  const time = local - day * microsPerDay;
  const moved = addMonths(day, months) * microsPerDay;
  if (moved + time - moved !== time) throw new RowError("DATETIME_OVERFLOW", "the sum cannot be held to the microsecond");
  return zone.instantNear(moved + time, offset);
}
