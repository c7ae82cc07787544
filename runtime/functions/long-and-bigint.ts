import type { ExactInteger } from "./exact-integer.ts";

// A long for a parameter that is declared as a bigint, whatever its size.

export function longToBigInt(value: ExactInteger): bigint {
  return BigInt(value);
}

export function nullableToBigInt(value: ExactInteger | null): bigint | null {
  return value === null ? null : BigInt(value);
}
