import { daysFromCivil, daysInMonth } from "../../../time/civil.ts";
import type { Numbers } from "../../columns/numbers.ts";
import { deviates } from "../json/deviates.ts";
import { twoDigits } from "../json/read-timestamp.ts";

const unread = new Float64Array(1);

/** Reads `2024-01-01`; every other spelling is left to the exact decoder. */
function dateInto(bytes: Uint8Array, at: number, values: Float64Array, row: number): number {
  if (bytes[at + 4] !== 45 || bytes[at + 7] !== 45) return deviates;
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  if (!(year >= 1 && year <= 9999) || !(month >= 1 && month <= 12) || !(day >= 1 && day <= daysInMonth(year, month))) return deviates;
  values[row] = daysFromCivil(year, month, day);
  return at + 10;
}

export function readCsvDate(bytes: Uint8Array, at: number, lane: Numbers, row: number): number {
  return dateInto(bytes, at, lane.values, row);
}

/** A date that the job does not read but that decides whether the record is malformed. */
export function checkCsvDate(bytes: Uint8Array, at: number): number {
  return dateInto(bytes, at, unread, 0);
}
