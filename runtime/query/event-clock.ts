import type { WatermarkTracker } from "../time/watermark-tracker.ts";

/** A watermark step, and when its last row came. */
interface TrackedInput {
  readonly tracker: WatermarkTracker;
  /** Milliseconds of the host's steady clock; the start of the run where there was none since. */
  lastRow: number;
}

/**
 * The query's watermark over its watermark steps: their least or greatest (`option watermarkPolicy`), never going backwards
 * (Spark: WatermarkTracker, semantics W2–W4). Where steps say `idle after`, those that have been silent for so long do not count
 * among the least, unless all are silent. Watermarks in milliseconds; `now` in milliseconds of the host's steady clock.
 */
export class EventClock {
  #policy: "min" | "max";
  readonly #inputs: TrackedInput[] = [];
  #watermark = 0;
  /** Until when it is known which inputs were silent: the last planning. */
  #asked = 0;

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
    this.#inputs.push({ tracker, lastRow: 0 });
  }

  /** Whether the query has a watermark at all. */
  get exists(): boolean {
    return this.#inputs.length > 0;
  }

  /** What the batches so far have made of it. */
  get watermark(): number {
    return this.#watermark;
  }

  /** By the id of the watermark step. */
  get inputs(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#inputs.map(({ tracker }) => [tracker.operatorId, tracker.current]));
  }

  /** Event times of the running batch over all steps, in milliseconds. */
  get statistics(): { readonly min: number; readonly max: number; readonly avg: number } | undefined {
    const [first, ...rest] = this.#inputs.flatMap(({ tracker: { statistics } }) => (statistics === undefined ? [] : [statistics]));
    if (first === undefined) return undefined;
    return rest.reduce((a, b) => ({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max), avg: Math.trunc((a.avg + b.avg) / 2) }), first);
  }

  /** Takes up what a checkpoint holds; silence counts from `now`. */
  restore(watermark: number, inputs: Readonly<Record<string, number>>, now: number): void {
    this.#watermark = watermark;
    this.#asked = now;
    for (const input of this.#inputs) {
      input.tracker.restore(Object.hasOwn(inputs, input.tracker.operatorId) ? (inputs[input.tracker.operatorId] ?? 0) : 0);
      input.lastRow = now;
    }
  }

  /**
   * What a batch that is planned now runs with. `hasNews`: a source has new data; whose rows they are is not known before the batch
   * has run, so inputs are as silent as they were at the last planning.
   */
  plan(now: number, hasNews: boolean): number {
    const known = hasNews ? this.#asked : now;
    this.#asked = now;
    const counted = this.#inputs.filter((input) => !isIdle(input, known));
    return this.#over(counted.length === 0 ? this.#inputs : counted);
  }

  /** When the next input counts as silent and lets the others go on; undefined where none will. */
  get idleAt(): number | undefined {
    if (this.#policy === "max" || this.#inputs.length < 2) return undefined;
    const waiting = this.#inputs.filter((input) => !isIdle(input, this.#asked)).map(idleFrom);
    const next = Math.min(...waiting);
    return next === Infinity ? undefined : next;
  }

  /** The steps learn the clock of the batch that begins, in microseconds. */
  beginBatch(timestamp: number): void {
    for (const { tracker } of this.#inputs) tracker.beginBatch(timestamp);
  }

  /** Ends a batch that ran with the watermark `ranWith`: its events count from the next one on. */
  endBatch(ranWith: number, now: number): void {
    for (const input of this.#inputs) {
      if (input.tracker.hasRows) input.lastRow = now;
      input.tracker.endBatch();
    }
    if (!this.exists) return;
    this.#watermark = Math.max(this.#watermark, ranWith);
    this.#watermark = this.#over(this.#inputs);
  }

  #over(inputs: readonly TrackedInput[]): number {
    if (inputs.length === 0) return this.#watermark;
    const values = inputs.map(({ tracker }) => tracker.current);
    return Math.max(this.#watermark, this.#policy === "min" ? Math.min(...values) : Math.max(...values));
  }
}

function isIdle(input: TrackedInput, now: number): boolean {
  return now >= idleFrom(input);
}

function idleFrom({ tracker, lastRow }: TrackedInput): number {
  const { idle } = tracker.limits;
  return idle === undefined ? Infinity : lastRow + idle / 1000;
}
