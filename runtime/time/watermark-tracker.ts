/**
 * Tracks the watermark of one watermark step: the greatest event time seen less the delay, in whole milliseconds, never
 * below 0 and never backwards (Spark: EventTimeWatermarkExec, WatermarkTracker; semantics W1, W2, W10).
 */
export class WatermarkTracker {
  readonly operatorId: string;
  /** Milliseconds. */
  readonly delay: number;
  /** Microseconds of the events of this batch. */
  #greatest = -Infinity;
  #least = Infinity;
  #sum = 0;
  #count = 0;
  /** Milliseconds. */
  #current = 0;

  /** `delay` in microseconds. */
  constructor(operatorId: string, delay: number) {
    this.operatorId = operatorId;
    this.delay = Math.floor(delay / 1000);
  }

  /** Notes an event time in microseconds; a null one counts as 0 (semantics W9). */
  observe(time: number | null): void {
    const at = time ?? 0;
    if (at > this.#greatest) this.#greatest = at;
    if (at < this.#least) this.#least = at;
    this.#sum += at;
    this.#count++;
  }

  /** The watermark after the batches that were ended, in milliseconds. */
  get current(): number {
    return this.#current;
  }

  /** Event times of the running batch in milliseconds, for progress; undefined before the first. */
  get statistics(): { readonly min: number; readonly max: number; readonly avg: number } | undefined {
    if (this.#count === 0) return undefined;
    const ms = (microseconds: number): number => Math.floor(microseconds / 1000);
    return { min: ms(this.#least), max: ms(this.#greatest), avg: Math.trunc(this.#sum / this.#count / 1000) };
  }

  /** Ends a batch: takes its events into account for the next one. */
  endBatch(): void {
    if (this.#count > 0) this.#current = Math.max(this.#current, Math.floor(this.#greatest / 1000) - this.delay);
    this.#greatest = -Infinity;
    this.#least = Infinity;
    this.#sum = 0;
    this.#count = 0;
  }

  /** Takes up the value that a checkpoint holds, and forgets the running batch. */
  restore(milliseconds: number): void {
    this.#current = milliseconds;
    this.#greatest = -Infinity;
    this.#least = Infinity;
    this.#sum = 0;
    this.#count = 0;
  }
}
