import type { WindowSpec } from "./groups.ts";

/** Windows of one size, one after the other; all in microseconds. */
export function tumblingWindow(size: number, offset: number = 0): WindowSpec {
  return { size, slide: size, offset };
}

/** Windows of one size that begin every `slide`; all in microseconds. */
export function slidingWindow(size: number, slide: number, offset: number = 0): WindowSpec {
  return { size, slide, offset };
}
