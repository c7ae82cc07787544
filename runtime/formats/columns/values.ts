/** A column of records, arrays, maps or binary: the decoded values, null where the column may be. */
export class Values<T> {
  readonly #values: unknown[] = [];

  get(row: number): T {
    // The reader puts only what its descriptor decoded, which is what T was written for.
    return this.#values[row] as T;
  }

  /** Forgets the last batch. */
  ensure(_rows: number): void {
    this.#values.length = 0;
  }

  put(row: number, value: unknown): void {
    this.#values[row] = value;
  }
}
