import { RowError } from "../../errors/row-error.ts";
import { canonicalInteger, type ExactInteger } from "../exact-integer.ts";

// Shifts and bits as Java has them: the distance is taken modulo the number of bits.

export function shiftLeftInt(value: number, distance: number): number {
  return value << distance;
}

export function shiftRightInt(value: number, distance: number): number {
  return value >> distance;
}

export function shiftRightUnsignedInt(value: number, distance: number): number {
  return (value >>> distance) | 0;
}

export function shiftLeftLong(value: ExactInteger, distance: number): ExactInteger {
  return signed(BigInt(value) << BigInt(distance & 63));
}

export function shiftRightLong(value: ExactInteger, distance: number): ExactInteger {
  return canonicalInteger(BigInt(value) >> BigInt(distance & 63));
}

export function shiftRightUnsignedLong(value: ExactInteger, distance: number): ExactInteger {
  return signed(BigInt.asUintN(64, BigInt(value)) >> BigInt(distance & 63));
}

/** Spark's `bit_count`: the ones among the 64 bits of a whole number. */
export function bitCount(value: ExactInteger): number {
  let bits = BigInt.asUintN(64, BigInt(value));
  let count = 0;
  for (; bits !== 0n; bits &= bits - 1n) count++;
  return count;
}

/** Spark's `bit_get`: the bit at a position, from 0 at the right; `width` is 32 or 64. */
export function bitAt(value: ExactInteger, position: number, width: number): number {
  if (position < 0 || position >= width) throw new RowError("INVALID_PARAMETER_VALUE", `the bit position ${position} is outside 0 to ${width - 1}`);
  return Number((BigInt(value) >> BigInt(position)) & 1n);
}

function signed(value: bigint): ExactInteger {
  return canonicalInteger(BigInt.asIntN(64, value));
}
