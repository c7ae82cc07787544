import { RowIndex } from "./row-index.ts";

/** The row that stands for each key of a result that says what stands now, so that it can be said what stood before. */
export class LastRows<Row> {
  readonly #key: readonly string[];
  #keys: RowIndex<Row>;
  /** By key; undefined where its row has left. */
  #rows: (Row | undefined)[] = [];
  #gone = 0;

  /** `key` by the names of its columns. */
  constructor(key: readonly string[]) {
    this.#key = key;
    this.#keys = new RowIndex(key);
  }

  /** Puts a row in the place of the one of its key, which it gives. */
  put(row: Row): Row | undefined {
    const id = this.#keys.idOf(row);
    const before = this.#rows[id];
    if (before === undefined && id < this.#rows.length) this.#gone--;
    this.#rows[id] = row;
    return before;
  }

  /** Takes away the row of the key that `row` has, and gives it. */
  take(row: Row): Row | undefined {
    const id = this.#keys.idOf(row);
    const before = this.#rows[id];
    if (before !== undefined || id === this.#rows.length) this.#gone++;
    this.#rows[id] = undefined;
    if (this.#gone * 2 > this.#rows.length && this.#rows.length > 1024) this.#compact();
    return before;
  }

  #compact(): void {
    const standing = this.#rows;
    this.#keys = new RowIndex(this.#key);
    this.#rows = [];
    this.#gone = 0;
    for (const row of standing) if (row !== undefined) this.put(row);
  }
}
