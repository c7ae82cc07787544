import type { StreamSource } from "../connectors/source.ts";
import type { Host } from "../host/host.ts";
import { nextTick } from "./next-tick.ts";

/** The waits of a query between its batches; each ends early when someone wakes the query up or stops it. */
export class TriggerWait {
  readonly #host: Host;
  #wake = new AbortController();
  #stopped = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Ends the running wait. */
  wakeUp(): void {
    this.#wake.abort();
  }

  /** Ends the running wait and all that would follow. */
  stop(): void {
    this.#stopped = true;
    this.#wake.abort();
  }

  /**
   * Waits for the tick after the one at which the trigger's turn began; times in milliseconds. Gives how long the turn has taken
   * where it took longer than the interval (then it does not wait), else 0.
   */
  async forTick(began: number, interval: number): Promise<number> {
    const now = this.#host.clock.now();
    const tick = nextTick(began, interval);
    if (now >= tick) return now - began > interval ? now - began : 0;
    const signal = this.#signal();
    // A timer may fire a little before its time by the wall clock, and a batch would then count for the tick before.
    for (let left = tick - now; left > 0 && !signal.aborted; left = tick - this.#host.clock.now()) await this.#host.timers.sleep(left, signal);
    return 0;
  }

  /** Waits until one of the sources may have something new, for `longest` milliseconds at most. */
  async forData(streams: readonly StreamSource[], longest: number): Promise<void> {
    const signal = this.#signal();
    if (signal.aborted) return;
    const done = new AbortController();
    const wake = (): void => done.abort();
    signal.addEventListener("abort", wake, { once: true });
    await Promise.race([...streams.map((stream) => stream.waitForData(done.signal)), this.#host.timers.sleep(longest, done.signal)]);
    signal.removeEventListener("abort", wake);
    done.abort();
  }

  #signal(): AbortSignal {
    if (this.#wake.signal.aborted && !this.#stopped) this.#wake = new AbortController();
    return this.#wake.signal;
  }
}
