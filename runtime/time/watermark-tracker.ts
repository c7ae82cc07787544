/** What a watermark step says beside its delay; spans in microseconds. */
export interface WatermarkLimits {
  /** How far ahead of the batch's clock an event may lie, and the side output for one that lies further; absent: it is dropped. */
  readonly future?: { readonly after: number; readonly into?: string };
  /** After how long without a row the step stops holding the others back. */
  readonly idle?: number;
}

/**
 * Tracks the watermark of one watermark step: the greatest event time seen less the delay, in whole milliseconds, never
 * below 0 and never backwards (Spark: EventTimeWatermarkExec, WatermarkTracker; semantics W1, W2, W10).
 */
export class WatermarkTracker {
  readonly operatorId: string;
  /** Milliseconds. */
  readonly delay: number;
  readonly limits: WatermarkLimits;
  /** Microseconds of the events of this batch. */
  #greatest = -Infinity;
  #least = Infinity;
  #sum = 0;
  #count = 0;
  /** Milliseconds. */
  #current = 0;
  /** Microseconds: an event after it lies too far in the future. */
  #latest = Infinity;

  /** `delay` in microseconds. */
  constructor(operatorId: string, delay: number, limits: WatermarkLimits = {}) {
    this.operatorId = operatorId;
    this.delay = Math.floor(delay / 1000);
    this.limits = limits;
  }

  /** Takes the clock of the batch that begins, in microseconds. */
  beginBatch(timestamp: number): void {
    this.#latest = this.limits.future === undefined ? Infinity : timestamp + this.limits.future.after;
  }

  /** Whether an event time (microseconds) lies further ahead of the batch's clock than the step allows; a null one does not. */
  isFuture(time: number | null): boolean {
    return time !== null && time > this.#latest;
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

  /** Whether a row of the running batch came to the step. */
  get hasRows(): boolean {
    return this.#count > 0;
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
    this.#forget();
  }

  /** Takes up the value that a checkpoint holds, and forgets the running batch. */
  restore(milliseconds: number): void {
    this.#current = milliseconds;
    this.#forget();
  }

  #forget(): void {
    this.#greatest = -Infinity;
    this.#least = Infinity;
    this.#sum = 0;
    this.#count = 0;
  }
}
