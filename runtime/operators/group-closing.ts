import type { GroupSpec } from "./groups.ts";
import type { GroupSlots } from "./group-slots.ts";
import type { Lane } from "./lanes/lane.ts";
import type { RowCounts } from "./row-counts.ts";
import type { OperatorBatch } from "./stateful.ts";

/** For a table that lives for one batch only: nothing is late, and all is closed. */
const wholeInput: OperatorBatch = { lateWatermark: -Infinity, evictWatermark: Infinity, timestamp: 0, isRebuilding: false };

/**
 * Which rows of a table are late and which groups close, by the watermarks of the batch or by its clock (semantics W5, W6, W8, 0.11). Bounds are in
 * microseconds; a window is closed at a bound when it ends at or before it, a time key when it lies at or before it.
 */
export class GroupClosing {
  readonly #slots: GroupSlots<Readonly<Record<string, Lane>>>;
  readonly #counts: RowCounts;
  readonly #kind: "clock" | "event time" | undefined;
  readonly #hasWatermark: boolean;
  #batch = wholeInput;
  /** Milliseconds: the evict watermark of the last batch, which after a restart is begun once more without its rows. */
  #lastEvict = -Infinity;
  /** Of a row before the first, every window is closed; of one before the second, some window. */
  #lateBefore = -Infinity;
  #partlyBefore = -Infinity;
  /** What earlier batches have closed, and what this one closes. */
  #before = -Infinity;
  #now = Infinity;
  /** The clock by which groups were last given back. Stored where a window is of several panes, which are not gone with its end. */
  #clock = -Infinity;
  #isClockChanged = false;

  constructor(spec: GroupSpec, slots: GroupSlots<Readonly<Record<string, Lane>>>) {
    this.#slots = slots;
    this.#counts = slots.counts;
    this.#kind = spec.closing === undefined ? undefined : spec.closing === "clock" ? "clock" : "event time";
    this.#hasWatermark = this.#kind === "event time" || spec.underWatermark === true;
  }

  /** Takes the bounds of a batch. */
  beginBatch(batch: OperatorBatch): void {
    this.#batch = batch;
    this.#lastEvict = batch.evictWatermark;
    this.#now = batch.evictWatermark === Infinity ? Infinity : this.#kind === "clock" ? batch.timestamp : this.#kind === undefined ? -Infinity : batch.evictWatermark * 1000;
    // A window of one pane is gone with its end: what comes for it after that (another batch of the same tick) is a window of its own.
    if (this.#kind === "clock") this.#before = this.#slots.clock?.isTumbling === true ? -Infinity : this.#clock;
    if (this.#kind !== "event time") return;
    const { clock } = this.#slots;
    const late = batch.lateWatermark * 1000;
    this.#before = late;
    this.#lateBefore = clock === undefined ? late + 1 : clock.lastEnded(late) + clock.slide;
    this.#partlyBefore = clock === undefined ? late + 1 : clock.lastEnded(late) + clock.size;
  }

  /** Whether groups close one by one; else all do, at the end of input. */
  get isClosing(): boolean {
    return this.#kind !== undefined;
  }

  isLate(time: number | null): boolean {
    if (time === null || time >= this.#partlyBefore) return false;
    if (time >= this.#lateBefore) {
      this.#counts.partlyLate++;
      return false;
    }
    this.#counts.late++;
    return true;
  }

  /** What ends after the first and by the second is closed by this batch; nothing where a result is shown again. */
  get closed(): { readonly after: number; readonly upTo: number } {
    return { after: this.#before, upTo: this.#batch.isRebuilding ? -Infinity : this.#now };
  }

  /** Whether a result is shown again after a restart. */
  get isRebuilding(): boolean {
    return this.#batch.isRebuilding;
  }

  /** Windows that end by then may have lost panes, and are shown no more. */
  get openAfter(): number {
    return this.#batch.isRebuilding && this.#kind === "event time" ? this.#now : this.#before;
  }

  /** Gives back the groups that the batch closed. */
  evict(): void {
    if (this.#batch.isRebuilding || this.#kind === undefined) return;
    this.#counts.removed += this.#slots.expire(this.#now);
    if (this.#kind === "clock") this.#setClock(Math.max(this.#clock, this.#batch.timestamp));
  }

  wantsNoDataBatch(watermark: number, now: number): boolean {
    const end = this.#nextEnd();
    return (this.#hasWatermark && watermark > this.#lastEvict) || (end !== undefined && end <= now * 1000);
  }

  /** Milliseconds of the clock at which the next window ends. */
  get dueAt(): number | undefined {
    const end = this.#nextEnd();
    return end === undefined ? undefined : Math.ceil(end / 1000);
  }

  /** The clock to be stored, if it has changed since it was last taken. */
  takeClock(): number | undefined {
    const isChanged = this.#isClockChanged;
    this.#isClockChanged = false;
    return isChanged ? this.#clock : undefined;
  }

  /** The clock to be stored with everything; undefined where there is none. */
  get storedClock(): number | undefined {
    return this.#isClockStored && this.#clock > -Infinity ? this.#clock : undefined;
  }

  restoreClock(clock: number): void {
    this.#clock = clock;
  }

  /** Forgets the clock, as before the first batch. */
  clear(): void {
    this.#clock = -Infinity;
    this.#isClockChanged = false;
  }

  get #isClockStored(): boolean {
    return this.#kind === "clock" && this.#slots.clock?.isTumbling === false;
  }

  #setClock(clock: number): void {
    this.#isClockChanged = this.#isClockChanged || (this.#isClockStored && clock !== this.#clock);
    this.#clock = clock;
  }

  /** When (µs of the clock) the next window ends that has rows. */
  #nextEnd(): number | undefined {
    const { clock, panes } = this.#slots;
    if (this.#kind !== "clock" || clock === undefined || this.#slots.live === 0) return undefined;
    if (clock.isTumbling) return this.#slots.nextExpiry;
    let first = Infinity;
    for (let pane = 0; pane < panes.size; pane++) if (panes.hasSlots(pane)) first = Math.min(first, clock.firstEnd(panes.start(pane), this.#clock));
    return first;
  }
}
