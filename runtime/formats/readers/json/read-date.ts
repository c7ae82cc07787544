import { daysFromCivil, daysInMonth } from "../../../time/civil.ts";
import type { NullableNumbers } from "../../columns/nullable-numbers.ts";
import type { Numbers } from "../../columns/numbers.ts";
import { deviates } from "./deviates.ts";
import { endOfNull } from "./read-null.ts";
import { twoDigits } from "./read-timestamp.ts";

const unread = new Float64Array(1);

/** Reads `"2024-01-01"`; every other spelling is left to the exact decoder. */
function dateInto(bytes: Uint8Array, at: number, values: Float64Array, row: number): number {
  if (bytes[at] !== 34 || bytes[at + 5] !== 45 || bytes[at + 8] !== 45 || bytes[at + 11] !== 34) return deviates;
  const year = twoDigits(bytes, at + 1) * 100 + twoDigits(bytes, at + 3);
  const month = twoDigits(bytes, at + 6);
  const day = twoDigits(bytes, at + 9);
  if (!(year >= 1 && year <= 9999) || !(month >= 1 && month <= 12) || !(day >= 1 && day <= daysInMonth(year, month))) return deviates;
  values[row] = daysFromCivil(year, month, day);
  return at + 12;
}

export function readDate(bytes: Uint8Array, at: number, lane: Numbers, row: number): number {
  return dateInto(bytes, at, lane.values, row);
}

export function readNullableDate(bytes: Uint8Array, at: number, lane: NullableNumbers, row: number): number {
  if (bytes[at] !== 110) return dateInto(bytes, at, lane.values, row);
  lane.putNull(row);
  return endOfNull(bytes, at);
}

/** A date that the job does not read but that decides whether the record is malformed. */
export function checkDate(bytes: Uint8Array, at: number): number {
  return dateInto(bytes, at, unread, 0);
}

export function checkNullableDate(bytes: Uint8Array, at: number): number {
  return bytes[at] === 110 ? endOfNull(bytes, at) : dateInto(bytes, at, unread, 0);
}
