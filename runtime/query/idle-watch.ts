import type { Clock } from "../host/host.ts";

/** Milliseconds between two reports of a query that has nothing to do (Spark: noDataProgressEventInterval). */
const idleInterval = 10_000;

/** Says when it is time to report that a query has had nothing to do (Spark: ProgressReporter.updateIdleness). */
export class IdleWatch {
  readonly #clock: Clock;
  #last: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A batch ran: the interval begins anew. */
  ran(): void {
    this.#last = this.#clock.monotonic();
  }

  /** Whether to report now: `first` where nothing was reported since the start, `again` after that. The interval then begins anew. */
  due(): "first" | "again" | undefined {
    if (this.left() > 0) return undefined;
    const due = this.#last === undefined ? "first" : "again";
    this.#last = this.#clock.monotonic();
    return due;
  }

  /** Milliseconds until a report is due. */
  left(): number {
    return this.#last === undefined ? 0 : Math.max(0, this.#last + idleInterval - this.#clock.monotonic());
  }
}
