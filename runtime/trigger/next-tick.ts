/** The first multiple of the interval after `now`, both in milliseconds since the epoch (Spark: ProcessingTimeExecutor, semantics T1). */
export function nextTick(now: number, interval: number): number {
  return interval <= 0 ? now : Math.floor(now / interval) * interval + interval;
}
