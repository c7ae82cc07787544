import type { RowKind } from "../sink.ts";

/** A row as JSON texts of its columns' values. */
type Cells = readonly string[];

export interface TableChange {
  readonly kind: RowKind;
  readonly cells: Cells;
}

/** How the rows of committed batches make up a table; one class an output mode. */
export interface TableContent {
  apply(changes: readonly TableChange[]): void;
  rows(): Iterable<Cells>;
  readonly rowCount: number;
}

/** Append: every row stays. */
export class AppendedRows implements TableContent {
  readonly #rows: Cells[] = [];

  apply(changes: readonly TableChange[]): void {
    for (const change of changes) this.#rows.push(change.cells);
  }

  rows(): Iterable<Cells> {
    return this.#rows;
  }

  get rowCount(): number {
    return this.#rows.length;
  }
}

/** Complete: a batch replaces what was there. */
export class LastResult implements TableContent {
  #rows: readonly Cells[] = [];

  apply(changes: readonly TableChange[]): void {
    this.#rows = changes.map((change) => change.cells);
  }

  rows(): Iterable<Cells> {
    return this.#rows;
  }

  get rowCount(): number {
    return this.#rows.length;
  }
}

/**
 * Update: rows replace one another by key and leave by deletion, in the order in which their keys first came. A result without
 * a key is a multiset of whole rows: a deletion takes one equal row away.
 */
export class UpsertedRows implements TableContent {
  readonly #key: readonly number[] | undefined;
  readonly #rows = new Map<string, Cells[]>();
  #count = 0;

  /** Positions of the key's columns. */
  constructor(key: readonly number[] | undefined) {
    this.#key = key;
  }

  apply(changes: readonly TableChange[]): void {
    for (const { kind, cells } of changes) {
      const key = this.#key === undefined ? cells.join() : this.#key.map((at) => cells[at] ?? "").join();
      const rows = this.#rows.get(key) ?? [];
      if (kind === "-D") this.#remove(key, rows);
      else if (this.#key === undefined || rows.length === 0) {
        this.#rows.set(key, [...rows, cells]);
        this.#count++;
      } else this.#rows.set(key, [cells]);
    }
  }

  *rows(): Generator<Cells, void, undefined> {
    for (const rows of this.#rows.values()) yield* rows;
  }

  get rowCount(): number {
    return this.#count;
  }

  #remove(key: string, rows: readonly Cells[]): void {
    if (rows.length === 0) return;
    this.#count--;
    if (rows.length === 1) this.#rows.delete(key);
    else this.#rows.set(key, rows.slice(1));
  }
}
