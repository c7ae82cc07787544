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

/** Update: rows replace one another by key and leave by deletion, in the order in which their keys came. */
export class UpsertedRows implements TableContent {
  readonly #key: readonly number[];
  readonly #rows = new Map<string, Cells>();

  /** Positions of the key's columns. */
  constructor(key: readonly number[]) {
    this.#key = key;
  }

  apply(changes: readonly TableChange[]): void {
    for (const { kind, cells } of changes) {
      const key = this.#key.map((at) => cells[at] ?? "").join();
      if (kind === "-D") this.#rows.delete(key);
      else this.#rows.set(key, cells);
    }
  }

  rows(): Iterable<Cells> {
    return this.#rows.values();
  }

  get rowCount(): number {
    return this.#rows.size;
  }
}

/** Update without a key: a multiset of whole rows, in the order in which each first came. A deletion takes one of equal rows away. */
export class CountedRows implements TableContent {
  readonly #rows = new Map<string, { readonly cells: Cells; count: number }>();
  #count = 0;

  apply(changes: readonly TableChange[]): void {
    for (const { kind, cells } of changes) {
      const text = cells.join();
      const known = this.#rows.get(text);
      if (kind !== "-D") {
        this.#count++;
        if (known === undefined) this.#rows.set(text, { cells, count: 1 });
        else known.count++;
      } else if (known !== undefined) {
        this.#count--;
        known.count--;
        if (known.count === 0) this.#rows.delete(text);
      }
    }
  }

  *rows(): Generator<Cells, void, undefined> {
    for (const { cells, count } of this.#rows.values()) for (let at = 0; at < count; at++) yield cells;
  }

  get rowCount(): number {
    return this.#count;
  }
}
