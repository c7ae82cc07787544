import type { OperatorBatch } from "./stateful.ts";

/** The two watermarks of the batch that runs, in microseconds, as an operator compares event times with them (semantics W5, W10). */
export class EventTimeBounds {
  /** What is at or before it is late. */
  late = -Infinity;
  /** What is at or before it closes; −∞ while a result is shown again, when nothing does. */
  evict = -Infinity;
  /** Milliseconds: the watermark that was evicted by last. */
  #evicted = 0;

  begin(batch: OperatorBatch): void {
    this.late = batch.lateWatermark * 1000;
    this.evict = batch.isRebuilding ? -Infinity : batch.evictWatermark * 1000;
    this.#evicted = batch.evictWatermark;
  }

  /** Whether a watermark (ms) is past the one that was evicted by last. */
  isPassedBy(watermark: number): boolean {
    return watermark > this.#evicted;
  }
}
