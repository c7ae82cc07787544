import type { StreamingQuery } from "./streaming-query.ts";

/** The queries of one start of a job, by Spark's interface of the same name. */
export class StreamingQueryManager {
  readonly #queries: StreamingQuery[] = [];

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

  /** Resolves when any query has ended; rejects if that one failed. */
  async awaitAnyTermination(): Promise<void> {
    await Promise.race(this.#queries.map((query) => query.awaitTermination()));
  }

  /** Resolves when every query has ended, whether well or not. */
  async awaitAll(): Promise<void> {
    await Promise.all(this.#queries.map((query) => query.awaitTermination().catch(() => false)));
  }
}
