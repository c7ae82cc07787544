import { canonicalInteger, type ExactInteger } from "../exact-integer.ts";

/** Spark's `factorial`: null outside 0 to 20, beyond which a long holds none. */
export function factorialOf(value: number): ExactInteger | null {
  if (value < 0 || value > 20) return null;
  let product = 1n;
  for (let factor = 2n; factor <= BigInt(value); factor++) product *= factor;
  return canonicalInteger(product);
}
