import { mayRoundTwice } from "../../../functions/nearest-float.ts";
import type { NullableNumbers } from "../../columns/nullable-numbers.ts";
import type { Numbers } from "../../columns/numbers.ts";
import { deviates } from "./deviates.ts";
import { checkDouble, doubleInto } from "./read-double.ts";
import { endOfNull } from "./read-null.ts";

/** Reads a double and rounds it; the few numbers that could be rounded twice are left to the exact decoder. */
function floatInto(bytes: Uint8Array, at: number, values: Float64Array, row: number): number {
  const end = doubleInto(bytes, at, values, row);
  if (end < 0) return deviates;
  const value = values[row]!;
  values[row] = Math.fround(value);
  return mayRoundTwice(value) ? deviates : end;
}

export function readFloat(bytes: Uint8Array, at: number, lane: Numbers, row: number): number {
  return floatInto(bytes, at, lane.values, row);
}

export function readNullableFloat(bytes: Uint8Array, at: number, lane: NullableNumbers, row: number): number {
  if (bytes[at] !== 110) return floatInto(bytes, at, lane.values, row);
  lane.putNull(row);
  return endOfNull(bytes, at);
}

/** A float that the job does not read but that decides whether the record is malformed: any number is one. */
export function checkFloat(bytes: Uint8Array, at: number): number {
  return checkDouble(bytes, at);
}

export function checkNullableFloat(bytes: Uint8Array, at: number): number {
  return bytes[at] === 110 ? endOfNull(bytes, at) : checkDouble(bytes, at);
}
