import type { Numbers } from "../../columns/numbers.ts";
import { bareTimestampInto, endOfZoned } from "../json/read-timestamp.ts";

const unread = new Float64Array(1);

/** Reads `2024-01-01T00:00:00` as the JSON reader does, without quotes. */
export function readCsvTimestamp(bytes: Uint8Array, view: DataView, at: number, lane: Numbers, row: number): number {
  return bareTimestampInto(bytes, view, at, lane.values, row);
}

/** A timestamp that the job does not read but that decides whether the record is malformed. */
export function checkCsvTimestamp(bytes: Uint8Array, view: DataView, at: number): number {
  return bareTimestampInto(bytes, view, at, unread, 0);
}

/** In a job whose time zone is not UTC: a timestamp that names no zone is left to the exact decoder. */
export function readZonedCsvTimestamp(bytes: Uint8Array, view: DataView, at: number, lane: Numbers, row: number): number {
  return endOfZoned(bytes, bareTimestampInto(bytes, view, at, lane.values, row));
}

export function checkZonedCsvTimestamp(bytes: Uint8Array, view: DataView, at: number): number {
  return endOfZoned(bytes, bareTimestampInto(bytes, view, at, unread, 0));
}
