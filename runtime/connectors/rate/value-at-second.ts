/**
 * The number of rows that have come when `seconds` have passed: the rate rises evenly over `rampUpSeconds`, by whole rows a second, and
 * then stays (Spark: RateStreamProvider.valueAtSecond).
 */
export function valueAtSecond(seconds: number, rowsPerSecond: number, rampUpSeconds: number): bigint {
  const step = BigInt(Math.max(1, Math.floor(rowsPerSecond / (rampUpSeconds + 1))));
  const rising = BigInt(Math.min(seconds, rampUpSeconds));
  const steady = BigInt(Math.max(0, seconds - rampUpSeconds));
  return (step * rising * (rising + 1n)) / 2n + steady * BigInt(rowsPerSecond);
}
