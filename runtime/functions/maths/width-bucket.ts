import { addExact, canonicalNumber, type ExactInteger, subtractExact } from "../exact-integer.ts";

const largestLong = 2n ** 63n - 1n;

/**
 * Spark's `width_bucket`: the number of the bucket, from 1, that a value falls into when the range from `low` to `high` is cut into
 * `count` equal ones; 0 and count + 1 outside. Null where there is no such cut.
 */
export function bucketOf(value: number, low: number, high: number, count: ExactInteger): ExactInteger | null {
  if (count <= 0 || count === largestLong || Number.isNaN(value) || low === high || !Number.isFinite(low) || !Number.isFinite(high)) return null;
  const [lower, upper] = [Math.min(low, high), Math.max(low, high)];
  const bucket = value < lower ? 0 : value >= upper ? addExact(count, 1) : addExact(canonicalNumber(Math.trunc((Number(count) * (value - lower)) / (upper - lower))), 1);
  return low > high ? addExact(subtractExact(count, bucket), 1) : bucket;
}
