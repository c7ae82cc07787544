import type { Levelling } from "../query/levelling.ts";
import type { OldSlice } from "./old-slice.ts";

/** What brings slices to one watermark and one time; undefined where they stand there. `now`: milliseconds since the epoch. */
export function levellingOf(slices: readonly OldSlice[], now: number): Levelling | undefined {
  const [first, ...others] = slices.flatMap(({ newest }) => (newest === undefined ? [] : [newest]));
  if (first === undefined || others.every(({ offsets }) => offsets.evictWatermark === first.offsets.evictWatermark && offsets.timestampMs === first.offsets.timestampMs)) return undefined;
  const all = [first, ...others];
  return {
    watermark: Math.max(...all.map(({ offsets, commit }) => Math.max(offsets.evictWatermark, commit.watermark))),
    timestampMs: Math.max(now, ...all.map(({ offsets }) => offsets.timestampMs)),
  };
}
