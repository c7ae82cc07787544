import { castOverflow } from "./cast-failure.ts";
import { canonicalInteger, fitsLong, type ExactInteger } from "./exact-integer.ts";

// A long is a bigint on the user's side of an imported function, whatever its size.

export function longToBigInt(value: ExactInteger): bigint {
  return BigInt(value);
}

export function nullableToBigInt(value: ExactInteger | null): bigint | null {
  return value === null ? null : BigInt(value);
}

/** What an imported function returned, as a long; an error where it has more than 64 bits. */
export function longFromBigInt(value: bigint): ExactInteger {
  const long = canonicalInteger(value);
  return fitsLong(long) ? long : castOverflow(value, "long");
}

export function nullableLongFromBigInt(value: bigint | null): ExactInteger | null {
  return value === null ? null : longFromBigInt(value);
}
