import type { NullableNumbers } from "../../columns/nullable-numbers.ts";
import type { Numbers } from "../../columns/numbers.ts";
import { deviates } from "./deviates.ts";
import { endOfNull } from "./read-null.ts";
import { bareTimestampInto, endOfZoned } from "./read-timestamp.ts";

const unread = new Float64Array(1);

/** The readers of timestamps in a job whose time zone is not UTC: those that name no zone are left to the exact decoder. */
function zonedInto(bytes: Uint8Array, view: DataView, at: number, values: Float64Array, row: number): number {
  if (bytes[at] !== 34) return deviates;
  const end = endOfZoned(bytes, bareTimestampInto(bytes, view, at + 1, values, row));
  return end >= 0 && bytes[end] === 34 ? end + 1 : deviates;
}

export function readZonedTimestamp(bytes: Uint8Array, view: DataView, at: number, lane: Numbers, row: number): number {
  return zonedInto(bytes, view, at, lane.values, row);
}

export function readNullableZonedTimestamp(bytes: Uint8Array, view: DataView, at: number, lane: NullableNumbers, row: number): number {
  if (bytes[at] !== 110) return zonedInto(bytes, view, at, lane.values, row);
  lane.putNull(row);
  return endOfNull(bytes, at);
}

/** A timestamp that the job does not read but that decides whether the record is malformed. */
export function checkZonedTimestamp(bytes: Uint8Array, view: DataView, at: number): number {
  return zonedInto(bytes, view, at, unread, 0);
}

export function checkNullableZonedTimestamp(bytes: Uint8Array, view: DataView, at: number): number {
  return bytes[at] === 110 ? endOfNull(bytes, at) : zonedInto(bytes, view, at, unread, 0);
}
