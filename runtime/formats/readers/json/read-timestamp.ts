import { daysFromCivil, daysInMonth, microsPerDay, microsPerMinute, microsPerSecond } from "../../../time/civil.ts";
import type { NullableNumbers } from "../../columns/nullable-numbers.ts";
import type { Numbers } from "../../columns/numbers.ts";
import { deviates } from "./deviates.ts";
import { endOfNull } from "./read-null.ts";

const unread = new Float64Array(1);

/**
 * The last minute that was read: its sixteen bytes (`2024-01-01T00:00`) as two doubles, and its microseconds. Neighbouring
 * records mostly lie in the same minute.
 */
let minuteHead = NaN;
let minuteTail = NaN;
let minuteStart = 0;

/**
 * Reads `"2024-01-01T00:00:00"`, with `T` or a space, up to six digits of a fraction, and `Z` or an offset in hours and minutes (none: UTC).
 * Every other spelling that Spark takes, and what is out of range, is left to the exact decoder.
 */
function timestampInto(bytes: Uint8Array, view: DataView, at: number, values: Float64Array, row: number): number {
  if (bytes[at] !== 34) return deviates;
  const end = bareTimestampInto(bytes, view, at + 1, values, row);
  return end >= 0 && bytes[end] === 34 ? end + 1 : deviates;
}

/** The same without quotes: gives the place behind the timestamp. */
export function bareTimestampInto(bytes: Uint8Array, view: DataView, at: number, values: Float64Array, row: number): number {
  const head = view.getFloat64(at, true);
  const tail = view.getFloat64(at + 8, true);
  if (head !== minuteHead || tail !== minuteTail) {
    const start = minuteAt(bytes, at);
    if (start !== start) return deviates;
    minuteHead = head;
    minuteTail = tail;
    minuteStart = start;
  }
  at += 16;
  if (bytes[at] !== 58) return deviates;
  const second = twoDigits(bytes, at + 1);
  if (second > 59) return deviates;
  let micros = minuteStart + second * microsPerSecond;
  at += 3;
  if (bytes[at] === 46) {
    const first = ++at;
    let unit = 100_000;
    for (; unit >= 1; unit = (unit / 10) | 0) {
      const digit = bytes[at]! - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      micros += digit * unit;
      at++;
    }
    if (at === first || !Number.isSafeInteger(micros)) return deviates;
  }
  const zone = bytes[at];
  if (zone === 90) {
    at++;
  } else if (zone === 43 || zone === 45) {
    const offset = offsetAt(bytes, at + 1);
    if (offset !== offset) return deviates;
    micros -= zone === 43 ? offset : -offset;
    at += 6;
  }
  values[row] = micros;
  return at;
}

/** The place behind a timestamp that names its zone, where the place behind a timestamp is `end`: in a job of another zone, one without deviates. */
export function endOfZoned(bytes: Uint8Array, end: number): number {
  if (end < 0 || bytes[end - 1] === 90) return end;
  const sign = bytes[end - 6];
  return sign === 43 || sign === 45 ? end : deviates;
}

/** Microseconds of `2024-01-01T00:00`; NaN where it is none of the years 1700 to 2200, which need no care. */
function minuteAt(bytes: Uint8Array, at: number): number {
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  const hour = twoDigits(bytes, at + 11);
  const minute = twoDigits(bytes, at + 14);
  const separators = bytes[at + 4] === 45 && bytes[at + 7] === 45 && (bytes[at + 10] === 84 || bytes[at + 10] === 32) && bytes[at + 13] === 58;
  if (!separators || !(year >= 1700 && year <= 2200) || !(month >= 1 && month <= 12) || !(day >= 1 && day <= daysInMonth(year, month))) return NaN;
  if (!(hour <= 23) || !(minute <= 59)) return NaN;
  return daysFromCivil(year, month, day) * microsPerDay + (hour * 60 + minute) * microsPerMinute;
}

/** Microseconds of `05:30`, up to 18 hours; NaN where it is none. */
function offsetAt(bytes: Uint8Array, at: number): number {
  const hours = twoDigits(bytes, at);
  const minutes = twoDigits(bytes, at + 3);
  return bytes[at + 2] === 58 && hours <= 17 && minutes <= 59 ? (hours * 60 + minutes) * microsPerMinute : NaN;
}

/** Two digits; 1000 or more where they are none. */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 48;
  const units = bytes[at + 1]! - 48;
  return tens >>> 0 <= 9 && units >>> 0 <= 9 ? tens * 10 + units : 100_000;
}

export function readTimestamp(bytes: Uint8Array, view: DataView, at: number, lane: Numbers, row: number): number {
  return timestampInto(bytes, view, at, lane.values, row);
}

export function readNullableTimestamp(bytes: Uint8Array, view: DataView, at: number, lane: NullableNumbers, row: number): number {
  if (bytes[at] !== 110) return timestampInto(bytes, view, at, lane.values, row);
  lane.putNull(row);
  return endOfNull(bytes, at);
}

/** A timestamp that the job does not read but that decides whether the record is malformed. */
export function checkTimestamp(bytes: Uint8Array, view: DataView, at: number): number {
  return timestampInto(bytes, view, at, unread, 0);
}

export function checkNullableTimestamp(bytes: Uint8Array, view: DataView, at: number): number {
  return bytes[at] === 110 ? endOfNull(bytes, at) : timestampInto(bytes, view, at, unread, 0);
}
