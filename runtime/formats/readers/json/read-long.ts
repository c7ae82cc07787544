import type { LongLane } from "../../columns/long-lane.ts";
import type { NullableLongs } from "../../columns/nullable-longs.ts";
import { deviates } from "./deviates.ts";
import { endOfNull } from "./read-null.ts";

/**
 * Reads a JSON number of 64 bits in canonical digits. Up to 15 digits a double counts exactly; up to 18 any digits are a long,
 * put together from two halves; the few of 19 digits that are not plainly in range are left to the exact decoder.
 */
function longInto(bytes: Uint8Array, at: number, lane: LongLane | undefined, row: number): number {
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
  if (digits === 0 || (bytes[first] === 48 && (digits > 1 || sign < 0))) return deviates;
  if (digit === -2 || digit === 21 || digit === 53) return deviates; // . E e
  if (digits <= 15) {
    if (lane !== undefined) lane.values[row] = value * sign;
    return at;
  }
  return wideInto(bytes, first, at, sign, lane, row);
}

function wideInto(bytes: Uint8Array, first: number, end: number, sign: number, lane: LongLane | undefined, row: number): number {
  if (end - first > 19) return deviates;
  let high = 0;
  for (let at = first; at < end - 9; at++) high = high * 10 + bytes[at]! - 48;
  if (high > 9_223_372_035) return deviates;
  if (lane === undefined) return end;
  let low = 0;
  for (let at = end - 9; at < end; at++) low = low * 10 + bytes[at]! - 48;
  // Below 9007199 × 10⁹ + 10⁹ there is a part that is safe.
  const value = high * 1e9 + low;
  if (Number.isSafeInteger(value)) lane.values[row] = value * sign;
  else lane.putWide(row, (BigInt(high) * 1_000_000_000n + BigInt(low)) * BigInt(sign));
  return end;
}

export function readLong(bytes: Uint8Array, at: number, lane: LongLane, row: number): number {
  return longInto(bytes, at, lane, row);
}

export function readNullableLong(bytes: Uint8Array, at: number, lane: NullableLongs, row: number): number {
  if (bytes[at] !== 110) return longInto(bytes, at, lane, row);
  lane.putNull(row);
  return endOfNull(bytes, at);
}

/** A long that the job does not read but that decides whether the record is malformed. */
export function checkLong(bytes: Uint8Array, at: number): number {
  return longInto(bytes, at, undefined, 0);
}

export function checkNullableLong(bytes: Uint8Array, at: number): number {
  return bytes[at] === 110 ? endOfNull(bytes, at) : longInto(bytes, at, undefined, 0);
}
