import type { Booleans } from "../../columns/booleans.ts";
import type { NullableBooleans } from "../../columns/nullable-booleans.ts";
import { deviates } from "./deviates.ts";
import { endOfNull } from "./read-null.ts";

/** The place after `true` or `false`. */
export function checkBoolean(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 116) return bytes[at + 1] === 114 && bytes[at + 2] === 117 && bytes[at + 3] === 101 ? at + 4 : deviates;
  if (bytes[at] !== 102 || bytes[at + 1] !== 97 || bytes[at + 2] !== 108 || bytes[at + 3] !== 115 || bytes[at + 4] !== 101) return deviates;
  return at + 5;
}

export function checkNullableBoolean(bytes: Uint8Array, at: number): number {
  return bytes[at] === 110 ? endOfNull(bytes, at) : checkBoolean(bytes, at);
}

export function readBoolean(bytes: Uint8Array, at: number, lane: Booleans, row: number): number {
  lane.values[row] = bytes[at] === 116 ? 1 : 0;
  return checkBoolean(bytes, at);
}

export function readNullableBoolean(bytes: Uint8Array, at: number, lane: NullableBooleans, row: number): number {
  lane.values[row] = bytes[at] === 110 ? 2 : bytes[at] === 116 ? 1 : 0;
  return checkNullableBoolean(bytes, at);
}
