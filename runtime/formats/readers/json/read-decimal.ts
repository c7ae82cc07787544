import type { LongLane } from "../../columns/long-lane.ts";
import type { NullableLongs } from "../../columns/nullable-longs.ts";
import { deviates } from "./deviates.ts";
import { endOfNull } from "./read-null.ts";

/**
 * Reads a JSON number into a scaled decimal where it is exact in `precision` and `scale` and has at most 15 digits. Rounding,
 * exponents and long numbers are left to the exact decoder.
 */
function decimalInto(bytes: Uint8Array, at: number, precision: number, scale: number, lane: LongLane | undefined, row: number): number {
  const negative = bytes[at] === 45;
  if (negative) at++;
  const first = at;
  let value = 0;
  let digit = bytes[at]! - 48;
  while (digit >= 0 && digit <= 9) {
    value = value * 10 + digit;
    digit = bytes[++at]! - 48;
  }
  const whole = at - first;
  if (whole === 0 || whole > precision - scale + (bytes[first] === 48 ? 1 : 0) || (whole > 1 && bytes[first] === 48)) return deviates;
  let fraction = 0;
  if (digit === -2) {
    const afterPoint = ++at;
    digit = bytes[at]! - 48;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = bytes[++at]! - 48;
    }
    fraction = at - afterPoint;
    if (fraction === 0) return deviates;
  }
  if (digit === 21 || digit === 53 || fraction > scale || whole + scale > 15) return deviates;
  for (; fraction < scale; fraction++) value *= 10;
  // Zero has no sign: 0 − 0 is 0.
  if (lane !== undefined) lane.values[row] = negative ? 0 - value : value;
  return at;
}

export function readDecimal(bytes: Uint8Array, at: number, precision: number, scale: number, lane: LongLane, row: number): number {
  return decimalInto(bytes, at, precision, scale, lane, row);
}

export function readNullableDecimal(bytes: Uint8Array, at: number, precision: number, scale: number, lane: NullableLongs, row: number): number {
  if (bytes[at] !== 110) return decimalInto(bytes, at, precision, scale, lane, row);
  lane.putNull(row);
  return endOfNull(bytes, at);
}

/** A decimal that the job does not read but that decides whether the record is malformed. */
export function checkDecimal(bytes: Uint8Array, at: number, precision: number, scale: number): number {
  return decimalInto(bytes, at, precision, scale, undefined, 0);
}

export function checkNullableDecimal(bytes: Uint8Array, at: number, precision: number, scale: number): number {
  return bytes[at] === 110 ? endOfNull(bytes, at) : decimalInto(bytes, at, precision, scale, undefined, 0);
}
