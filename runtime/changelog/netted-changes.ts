import type { RowKind } from "../connectors/sink.ts";
import { grown } from "../operators/grown.ts";
import type { Weight } from "./change.ts";
import { sameContent } from "./row-content.ts";
import { RowIndex } from "./row-index.ts";

/** Gathers the changes of a batch and gives what they come to: a row that was taken back and given again is in none of it. */
export interface NettedChanges<Row> {
  add(weight: Weight, row: Row): void;
  /** Sends what is left, and begins anew. */
  settle(send: (kind: RowKind, row: Row) => void): void;
}

/** Over rows of these columns, which a key of them identifies where there is one. */
export function nettedChanges<Row>(columns: readonly string[], key: readonly string[] | undefined): NettedChanges<Row> {
  return key === undefined ? new ChangesOfRows(columns) : new ChangesByKey(columns, key);
}

/** Whole rows, each with how often it entered less how often it left. Sent are first the rows that left, then those that entered. */
class ChangesOfRows<Row> implements NettedChanges<Row> {
  readonly #rows: RowIndex<Row>;
  #net = new Int32Array(16);

  constructor(columns: readonly string[]) {
    this.#rows = new RowIndex(columns);
  }

  add(weight: Weight, row: Row): void {
    const known = this.#rows.size;
    const id = this.#rows.idOf(row);
    this.#net = grown(this.#net, id + 1);
    this.#net[id] = (id < known ? this.#net[id]! : 0) + weight;
  }

  settle(send: (kind: RowKind, row: Row) => void): void {
    this.#send(-1, "-D", send);
    this.#send(1, "+I", send);
    this.#rows.clear();
  }

  #send(weight: Weight, kind: RowKind, send: (kind: RowKind, row: Row) => void): void {
    for (let id = 0; id < this.#rows.size; id++) {
      for (let left = this.#net[id]! * weight; left > 0; left--) send(kind, this.#rows.row(id));
    }
  }
}

/**
 * By key, in the order in which the keys came: the row that left and the one that came are an update (`-U`, `+U`), one alone is a deletion
 * or an insertion. A key has one row before the batch and one after it; of more the others are deleted and inserted.
 */
class ChangesByKey<Row> implements NettedChanges<Row> {
  readonly #columns: readonly string[];
  readonly #keys: RowIndex<Row>;
  /** By key, the first of its changes that stand, plus one; 0 where there is none. */
  #first = new Int32Array(16);
  #rows: Row[] = [];
  #weights: Weight[] = [];
  /** By change, the next of its key, plus one. */
  #next = new Int32Array(16);

  constructor(columns: readonly string[], key: readonly string[]) {
    this.#columns = columns;
    this.#keys = new RowIndex(key);
  }

  add(weight: Weight, row: Row): void {
    const known = this.#keys.size;
    const id = this.#keys.idOf(row);
    if (id === known) {
      this.#first = grown(this.#first, id + 1);
      this.#first[id] = 0;
    }
    let last = 0;
    for (let at = this.#first[id]!; at !== 0; at = this.#next[at - 1]!) {
      if (this.#weights[at - 1] !== weight && this.#isSame(this.#rows[at - 1]!, row)) return this.#link(id, last, this.#next[at - 1]!);
      last = at;
    }
    const change = this.#rows.length;
    this.#rows.push(row);
    this.#weights.push(weight);
    this.#next = grown(this.#next, change + 1);
    this.#next[change] = 0;
    this.#link(id, last, change + 1);
  }

  settle(send: (kind: RowKind, row: Row) => void): void {
    for (let id = 0; id < this.#keys.size; id++) {
      let before = this.#from(this.#first[id]!, -1);
      let after = this.#from(this.#first[id]!, 1);
      while (before !== 0 || after !== 0) {
        const updates = before !== 0 && after !== 0;
        if (before !== 0) send(updates ? "-U" : "-D", this.#rows[before - 1]!);
        if (after !== 0) send(updates ? "+U" : "+I", this.#rows[after - 1]!);
        before = before === 0 ? 0 : this.#from(this.#next[before - 1]!, -1);
        after = after === 0 ? 0 : this.#from(this.#next[after - 1]!, 1);
      }
    }
    this.#keys.clear();
    this.#rows = [];
    this.#weights = [];
  }

  /** The first change of a weight, from one on along its key. */
  #from(change: number, weight: Weight): number {
    let at = change;
    while (at !== 0 && this.#weights[at - 1] !== weight) at = this.#next[at - 1]!;
    return at;
  }

  /** Puts a change behind another, or first. */
  #link(id: number, last: number, change: number): void {
    if (last === 0) this.#first[id] = change;
    else this.#next[last - 1] = change;
  }

  #isSame(left: Row, right: Row): boolean {
    return this.#columns.every((name) => sameContent(left[name as keyof Row], right[name as keyof Row]));
  }
}
