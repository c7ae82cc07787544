import type { Timers } from "../host/host.ts";
import type { ListenerBus } from "./listener-bus.ts";
import type { StreamingQueryListener } from "./query-listener.ts";
import type { StreamingQuery } from "./streaming-query.ts";

/** The queries of one start of a job, by Spark's interface of the same name. */
export class StreamingQueryManager {
  readonly #queries: StreamingQuery[] = [];
  readonly #timers: Timers;
  readonly #listeners: ListenerBus;
  /** Ended queries that `awaitAnyTermination` no longer waits for. */
  readonly #forgotten = new Set<StreamingQuery>();

  constructor(timers: Timers, listeners: ListenerBus) {
    this.#timers = timers;
    this.#listeners = listeners;
  }

  add(query: StreamingQuery): void {
    this.#queries.push(query);
  }

  /** All queries, the ended ones included. */
  get all(): readonly StreamingQuery[] {
    return [...this.#queries];
  }

  get active(): readonly StreamingQuery[] {
    return this.#queries.filter((query) => query.isActive);
  }

  /** A query by its id or its name. */
  get(idOrName: string): StreamingQuery | undefined {
    return this.#queries.find((query) => query.id === idOrName) ?? this.#queries.find((query) => query.name === idOrName);
  }

  /** Lets a listener hear of what the queries do from now on. */
  addListener(listener: StreamingQueryListener): void {
    this.#listeners.add(listener);
  }

  removeListener(listener: StreamingQueryListener): void {
    this.#listeners.remove(listener);
  }

  listListeners(): readonly StreamingQueryListener[] {
    return this.#listeners.listeners;
  }

  /**
   * Resolves with true when any query has ended, at once where one has; rejects if that one failed. With a timeout (milliseconds),
   * resolves with false if all are still running by then.
   */
  async awaitAnyTermination(timeout?: number): Promise<boolean> {
    const waited = new AbortController();
    const endings: Promise<boolean>[] = this.#queries.filter((query) => !this.#forgotten.has(query)).map((query) => query.awaitTermination());
    if (timeout !== undefined) endings.push(this.#timers.sleep(timeout, waited.signal).then(() => false));
    try {
      return await Promise.race(endings);
    } finally {
      waited.abort();
    }
  }

  /** Forgets the queries that have ended: `awaitAnyTermination` then waits for another. */
  resetTerminated(): void {
    for (const query of this.#queries) if (!query.isActive) this.#forgotten.add(query);
  }

  /** Resolves when every query has ended, whether well or not. */
  async awaitAll(): Promise<void> {
    await Promise.all(this.#queries.map((query) => query.awaitTermination().catch(() => false)));
  }
}
