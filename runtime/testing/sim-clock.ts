import type { Clock, Timers } from "../host/host.ts";

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
}

/**
 * Time that moves only when told: `advance` wakes the sleepers it passes, in order, and lets the program run on between them. With
 * `autoAdvance` time jumps to the next sleeper whenever the program has nothing else to do.
 */
export class SimClock implements Clock, Timers {
  #now: number;
  #monotonic = 0;
  readonly #sleepers = new Set<Sleeper>();
  readonly #autoAdvance: boolean;

  /** `start` in milliseconds since the epoch. */
  constructor(start: number, autoAdvance: boolean) {
    this.#now = start;
    this.#autoAdvance = autoAdvance;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  /** Sets the wall clock, also backwards; sleepers and the monotonic clock do not notice. */
  setWallClock(milliseconds: number): void {
    this.#now = milliseconds;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const sleeper: Sleeper = { wakeAt: this.#monotonic + Math.max(0, milliseconds), wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", wake, { once: true });
      if (this.#autoAdvance) void this.#whenIdle(sleeper);
    });
  }

  yield(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /** Lets `milliseconds` pass; `settled` waits for what a sleeper that is woken sets going. */
  async advance(milliseconds: number, settled: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const until = this.#monotonic + milliseconds;
    await this.#settle();
    await settled();
    for (let next = this.#next(); next !== undefined && next.wakeAt <= until; next = this.#next()) {
      this.#passTo(next.wakeAt);
      next.wake();
      await this.#settle();
      await settled();
    }
    this.#passTo(until);
    await this.#settle();
  }

  async #whenIdle(sleeper: Sleeper): Promise<void> {
    await this.#settle();
    while (this.#sleepers.has(sleeper)) {
      const next = this.#next();
      if (next === undefined) return;
      this.#passTo(next.wakeAt);
      next.wake();
      await this.#settle();
    }
  }

  #next(): Sleeper | undefined {
    let next: Sleeper | undefined;
    for (const sleeper of this.#sleepers) {
      if (next === undefined || sleeper.wakeAt < next.wakeAt) next = sleeper;
    }
    return next;
  }

  #passTo(monotonic: number): void {
    const passed = Math.max(0, monotonic - this.#monotonic);
    this.#monotonic += passed;
    this.#now += passed;
  }

  /** Gives the program some turns of the event loop: enough for chains of promises that wait for nothing. */
  async #settle(): Promise<void> {
    for (let turn = 0; turn < 4; turn++) await this.yield();
  }
}
