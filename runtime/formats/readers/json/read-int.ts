import type { NullableNumbers } from "../../columns/nullable-numbers.ts";
import type { Numbers } from "../../columns/numbers.ts";
import { deviates } from "./deviates.ts";
import { endOfNull } from "./read-null.ts";

const unread = new Float64Array(1);

/** Reads a JSON number of 32 bits in canonical digits into `values[row]`. Gives the place after it. */
export function intInto(bytes: Uint8Array, at: number, values: Float64Array, row: number): number {
  let sign = 1;
  if (bytes[at] === 45) {
    sign = -1;
    at++;
  }
  const first = at;
  let value = 0;
  let digit = bytes[at]! - 48;
  while (digit >= 0 && digit <= 9) {
    value = value * 10 + digit;
    digit = bytes[++at]! - 48;
  }
  const digits = at - first;
  if (digits === 0 || digits > 10 || (bytes[first] === 48 && (digits > 1 || sign < 0))) return deviates;
  if (digit === -2 || digit === 21 || digit === 53) return deviates; // . E e
  value *= sign;
  if (value !== (value | 0)) return deviates;
  values[row] = value;
  return at;
}

export function readInt(bytes: Uint8Array, at: number, lane: Numbers, row: number): number {
  return intInto(bytes, at, lane.values, row);
}

export function readNullableInt(bytes: Uint8Array, at: number, lane: NullableNumbers, row: number): number {
  if (bytes[at] !== 110) return intInto(bytes, at, lane.values, row);
  lane.putNull(row);
  return endOfNull(bytes, at);
}

/** An int that the job does not read but that decides whether the record is malformed. */
export function checkInt(bytes: Uint8Array, at: number): number {
  return intInto(bytes, at, unread, 0);
}

export function checkNullableInt(bytes: Uint8Array, at: number): number {
  return bytes[at] === 110 ? endOfNull(bytes, at) : intInto(bytes, at, unread, 0);
}
