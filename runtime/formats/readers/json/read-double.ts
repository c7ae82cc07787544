import type { NullableNumbers } from "../../columns/nullable-numbers.ts";
import type { Numbers } from "../../columns/numbers.ts";
import { deviates } from "./deviates.ts";
import { endOfNumber } from "./end-of-number.ts";
import { endOfNull } from "./read-null.ts";

const unread = new Float64Array(1);
const powersOfTen = Float64Array.from({ length: 16 }, (_, power) => 10 ** power);

/**
 * Reads a JSON number. Up to 15 digits with a point are an integer divided by a power of ten, both exact, so the quotient is
 * rounded once, as it should be; any other number is read by JavaScript from its text.
 */
export function doubleInto(bytes: Uint8Array, at: number, values: Float64Array, row: number): number {
  const start = at;
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
  if (whole === 0 || (whole > 1 && bytes[first] === 48)) return deviates;
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
  if (whole + fraction > 15 || digit === 21 || digit === 53) return doubleFromText(bytes, start, values, row);
  if (fraction > 0) value /= powersOfTen[fraction]!;
  if (negative && value === 0 && fraction === 0) return deviates;
  values[row] = negative ? -value : value;
  return at;
}

function doubleFromText(bytes: Uint8Array, start: number, values: Float64Array, row: number): number {
  const end = endOfNumber(bytes, start);
  if (end < 0) return deviates;
  values[row] = Number(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1"));
  return end;
}

export function readDouble(bytes: Uint8Array, at: number, lane: Numbers, row: number): number {
  return doubleInto(bytes, at, lane.values, row);
}

export function readNullableDouble(bytes: Uint8Array, at: number, lane: NullableNumbers, row: number): number {
  if (bytes[at] !== 110) return doubleInto(bytes, at, lane.values, row);
  lane.putNull(row);
  return endOfNull(bytes, at);
}

/** A double that the job does not read but that decides whether the record is malformed. */
export function checkDouble(bytes: Uint8Array, at: number): number {
  return doubleInto(bytes, at, unread, 0);
}

export function checkNullableDouble(bytes: Uint8Array, at: number): number {
  return bytes[at] === 110 ? endOfNull(bytes, at) : doubleInto(bytes, at, unread, 0);
}
