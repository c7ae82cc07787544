import type { WatermarkTracker } from "../time/watermark-tracker.ts";

/**
 * The query's watermark over its watermark steps: their least or greatest (`option watermarkPolicy`), never going backwards
 * (Spark: WatermarkTracker, semantics W2–W4). Values in milliseconds.
 */
export class EventClock {
  #policy: "min" | "max";
  readonly #trackers: WatermarkTracker[] = [];
  #watermark = 0;

  constructor(policy: "min" | "max") {
    this.#policy = policy;
  }

  /** Takes the policy that the checkpoint's batches ran with: it wins over today's option (semantics W3). */
  keepPolicy(policy: "min" | "max"): void {
    this.#policy = policy;
  }

  get policy(): "min" | "max" {
    return this.#policy;
  }

  add(tracker: WatermarkTracker): void {
    this.#trackers.push(tracker);
  }

  /** Whether the query has a watermark at all. */
  get exists(): boolean {
    return this.#trackers.length > 0;
  }

  /** What the next batch runs with. */
  get watermark(): number {
    return this.#watermark;
  }

  /** By the id of the watermark step. */
  get inputs(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#trackers.map((tracker) => [tracker.operatorId, tracker.current]));
  }

  /** Event times of the running batch over all steps, in milliseconds. */
  get statistics(): { readonly min: number; readonly max: number; readonly avg: number } | undefined {
    const [first, ...rest] = this.#trackers.flatMap((tracker) => (tracker.statistics === undefined ? [] : [tracker.statistics]));
    if (first === undefined) return undefined;
    return rest.reduce((a, b) => ({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max), avg: Math.trunc((a.avg + b.avg) / 2) }), first);
  }

  /** Takes up what a checkpoint holds. */
  restore(watermark: number, inputs: Readonly<Record<string, number>>): void {
    this.#watermark = watermark;
    for (const tracker of this.#trackers) tracker.restore(Object.hasOwn(inputs, tracker.operatorId) ? (inputs[tracker.operatorId] ?? 0) : 0);
  }

  /** Ends a batch: its events count from the next one on. */
  endBatch(): void {
    for (const tracker of this.#trackers) tracker.endBatch();
    if (this.#trackers.length === 0) return;
    const values = this.#trackers.map((tracker) => tracker.current);
    this.#watermark = Math.max(this.#watermark, this.#policy === "min" ? Math.min(...values) : Math.max(...values));
  }

  /** The input has ended: everything is closed. */
  end(): void {
    if (this.#trackers.length > 0) this.#watermark = Infinity;
  }
}
