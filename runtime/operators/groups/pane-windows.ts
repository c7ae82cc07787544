import type { WindowSpec } from "../groups.ts";

/** The length of a pane: every window of a spec is a whole number of panes, and every row lies in one (microseconds). */
export function paneSize({ size, slide }: WindowSpec): number {
  let a = size;
  let b = slide;
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** The start of the pane of an event time; panes are counted from the offset (Spark: TimeWindowing, semantics X1). */
export function paneStart(time: number, pane: number, offset: number): number {
  const rest = (time - offset) % pane;
  return time - (rest < 0 ? rest + pane : rest);
}

/** The starts of all windows that hold a pane, oldest first. There is none where the slide leaves gaps and the pane lies in one. */
export function windowsOfPane(start: number, { size, slide, offset }: WindowSpec): readonly number[] {
  const newest = paneStart(start, slide, offset);
  const windows: number[] = [];
  for (let window = newest; window > start - size; window -= slide) windows.push(window);
  return windows.reverse();
}
