/** The window in which a time falls: `start` a multiple of `size` away from `offset`; all in microseconds (Spark's TimeWindow). */
export function tumblingWindowOf(time: number, size: number, offset: number = 0): { readonly start: number; readonly end: number } {
  const behind = (time - offset) % size;
  const start = time - (behind < 0 ? behind + size : behind);
  return { start, end: start + size };
}
