import { decodeJsonText } from "../../json-decode.ts";
import type { ValueType } from "../../value-type.ts";
import { deviates } from "./deviates.ts";
import { skipValue } from "./skip-value.ts";

/** Reads a value of any type (records, arrays, durations …) by its own text. */
export function readValue(bytes: Uint8Array, view: DataView, at: number, type: ValueType, lane: { put(row: number, value: unknown): void }, row: number): number {
  const end = skipValue(bytes, view, at);
  if (end < 0) return deviates;
  const { value, problem } = decodeJsonText(textOf(bytes, at, end), type);
  if (problem !== undefined) return deviates;
  lane.put(row, value);
  return end;
}

/** A value that the job does not read but that decides whether the record is malformed. */
export function checkValue(bytes: Uint8Array, view: DataView, at: number, type: ValueType): number {
  const end = skipValue(bytes, view, at);
  return end >= 0 && decodeJsonText(textOf(bytes, at, end), type).problem === undefined ? end : deviates;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
}
