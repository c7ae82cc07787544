import type { StreamJoinSpec } from "./stream-join.ts";

/** The watermark (ms) of what stands above a join whose input has one: that of the side which is kept longest (semantics P2). */
export function watermarkAbove({ left, right }: Pick<StreamJoinSpec<never, never>, "left" | "right">, input: number): number {
  const offsets = [left.keeps?.offset ?? 0, right.keeps?.offset ?? 0];
  return Math.floor(input + Math.min(0, ...offsets) / 1000);
}
