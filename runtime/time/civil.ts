/**
 * The proleptic Gregorian calendar over plain numbers: days since 1970-01-01 and microseconds since the epoch, without
 * allocation in the functions that a hot loop calls. Arithmetic after Howard Hinnant's `chrono`-compatible algorithms.
 */

export const microsPerMilli = 1_000;
export const microsPerSecond = 1_000_000;
export const microsPerMinute = 60_000_000;
export const microsPerHour = 3_600_000_000;
export const microsPerDay = 86_400_000_000;

/** A calendar day: month 1–12, day 1–31. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since the epoch of a calendar day that exists; any year of |year| ≤ 5 million. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfShiftedYear = (((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) | 0) + day - 1;
  const dayOfEra = yearOfEra * 365 + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0) + dayOfShiftedYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** `year × 512 + month × 32 + day`: the three fields in one number, so that nothing is allocated. */
function packedCivil(days: number): number {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = ((dayOfEra - ((dayOfEra / 1460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0)) / 365) | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0));
  const shiftedMonth = ((5 * dayOfYear + 2) / 153) | 0;
  const day = dayOfYear - (((153 * shiftedMonth + 2) / 5) | 0) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0)) * 512 + month * 32 + day;
}

/** The calendar day of a date. */
export function civilFromDays(days: number): CivilDate {
  const packed = packedCivil(days);
  return { year: Math.floor(packed / 512), month: (packed >> 5) & 15, day: packed & 31 };
}

export function yearOfDays(days: number): number {
  return Math.floor(packedCivil(days) / 512);
}

/** 1–12. */
export function monthOfDays(days: number): number {
  return (packedCivil(days) >> 5) & 15;
}

/** 1–31. */
export function dayOfMonthOfDays(days: number): number {
  return packedCivil(days) & 31;
}

/** ISO: Monday 1 … Sunday 7. */
export function isoWeekdayOfDays(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

/** Spark's `dayofweek`: Sunday 1 … Saturday 7. */
export function dayOfWeekOfDays(days: number): number {
  return (isoWeekdayOfDays(days) % 7) + 1;
}

/** 1–366. */
export function dayOfYearOfDays(days: number): number {
  return days - daysFromCivil(yearOfDays(days), 1, 1) + 1;
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The day (since the epoch) in which a timestamp lies, where both are read in the same offset. Exact over years 1–9999. */
export function dayOfTimestamp(micros: number): number {
  const day = Math.floor(micros / microsPerDay);
  const rest = micros - day * microsPerDay;
  return rest < 0 ? day - 1 : rest >= microsPerDay ? day + 1 : day;
}

/** Microseconds since midnight of a timestamp, 0 ≤ x < one day. */
export function timeOfTimestamp(micros: number): number {
  return micros - dayOfTimestamp(micros) * microsPerDay;
}

/** 0–23. */
export function hourOfTimestamp(micros: number): number {
  return Math.floor(timeOfTimestamp(micros) / microsPerHour);
}

/** 0–59. */
export function minuteOfTimestamp(micros: number): number {
  return Math.floor(timeOfTimestamp(micros) / microsPerMinute) % 60;
}

/** 0–59, without the fraction. */
export function secondOfTimestamp(micros: number): number {
  return Math.floor(timeOfTimestamp(micros) / microsPerSecond) % 60;
}

/**
 * Whether a timestamp in the years 1–9999 can be held as written: doubles are exact to the microsecond only while the
 * count is a safe integer (1684–2255); beyond, whole seconds are.
 */
export function isHoldable(seconds: number, microsOfSecond: number): boolean {
  return microsOfSecond === 0 || Number.isSafeInteger(seconds * microsPerSecond + microsOfSecond);
}
