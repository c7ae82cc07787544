import { RowError } from "../../errors/row-error.ts";
import { microsPerDay, microsPerHour, microsPerMinute } from "../../time/civil.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import { utc } from "../../time/zone.ts";
import { dayOf } from "../day-of.ts";
import { addMicros } from "../duration-arithmetic.ts";
import { type ExactInteger, multiplyExact } from "../exact-integer.ts";
import { zoneFromText } from "./zone-from-text.ts";

/** A date of its parts; a `RowError` where there is no such day. */
export function makeDate(year: number, month: number, day: number): number {
  const days = Math.abs(year) > 5_000_000 ? null : dayOf(year, month, day);
  return days ?? outOfBounds(`${year}-${month}-${day} is no date`);
}

/**
 * A timestamp of its local parts; `seconds` are scaled by a million. Sixty seconds are the next minute's zero, as in other databases;
 * other parts out of range are a `RowError` (MakeTimestamp.toMicros).
 */
export function makeTimestamp(year: number, month: number, day: number, hour: number, minute: number, seconds: ExactInteger, zone: TimeZone = utc): number {
  const midnight = makeDate(year, month, day) * microsPerDay;
  if (Number(seconds) > microsPerMinute && Number(seconds) < microsPerMinute + 1_000_000) {
    throw new RowError("INVALID_FRACTION_OF_SECOND", `${Number(seconds) / 1e6} seconds are no part of a minute: sixty have no fraction`);
  }
  const within = typeof seconds === "number" && seconds >= 0 && seconds <= microsPerMinute;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !within) return outOfBounds(`${hour}:${minute} and ${Number(seconds) / 1e6} seconds are no time of day`);
  const clock = hour * microsPerHour + minute * microsPerMinute + seconds;
  return zone.instantOf(addMicros(midnight, clock));
}

/** The same in a zone that is named by a text from the data. */
export function makeTimestampAt(year: number, month: number, day: number, hour: number, minute: number, seconds: ExactInteger, zone: string): number {
  return makeTimestamp(year, month, day, hour, minute, seconds, zoneFromText(zone));
}

/** A duration of its parts; `seconds` are scaled by a million (IntervalUtils.makeDayTimeInterval). */
export function makeDuration(days: number, hours: number, minutes: number, seconds: ExactInteger): number {
  const micros = [multiplyExact(days, microsPerDay), multiplyExact(hours, microsPerHour), multiplyExact(minutes, microsPerMinute), seconds];
  return micros.reduce((sum: number, part) => addMicros(sum, typeof part === "number" ? part : NaN), 0);
}

function outOfBounds(message: string): never {
  throw new RowError("DATETIME_FIELD_OUT_OF_BOUNDS", message);
}
