import { grown } from "../operators/grown.ts";
import { tableSizeFor } from "../operators/keys/table-size.ts";
import { contentHash, mixed, sameContent } from "./row-content.ts";

/** Rows that differ in some columns, numbered from 0 in the order in which they came. Of rows that do not, the first is kept. */
export class RowIndex<Row> {
  readonly #columns: readonly string[];
  #rows: Row[] = [];
  #hashes = new Int32Array(16);
  /** Numbers plus one; 0 where a place is free. */
  #table = new Int32Array(32);
  #mask = 31;

  /** `columns` by name: those by which rows differ. */
  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  get size(): number {
    return this.#rows.length;
  }

  row(id: number): Row {
    return this.#rows[id]!;
  }

  /** The number of a row, given now if it is new. */
  idOf(row: Row): number {
    const hash = this.#hashOf(row);
    const at = this.#placeOf(row, hash);
    const known = this.#table[at]! - 1;
    return known >= 0 ? known : this.#insert(row, hash, at);
  }

  /** Forgets all rows. What a large batch has taken is given back once smaller ones come. */
  clear(): void {
    const size = tableSizeFor(this.#rows.length);
    if (size * 8 < this.#table.length) this.#resize(size);
    else this.#table.fill(0);
    this.#rows = [];
  }

  #insert(row: Row, hash: number, at: number): number {
    const id = this.#rows.length;
    this.#hashes = grown(this.#hashes, id + 1);
    this.#hashes[id] = hash;
    this.#rows.push(row);
    this.#table[at] = id + 1;
    if (this.#rows.length * 2 > this.#table.length) this.#rehash();
    return id;
  }

  #placeOf(row: Row, hash: number): number {
    const table = this.#table;
    let at = hash & this.#mask;
    for (let entry = table[at]!; entry !== 0; entry = table[at]!) {
      if (this.#hashes[entry - 1] === hash && this.#isSame(this.#rows[entry - 1]!, row)) break;
      at = (at + 1) & this.#mask;
    }
    return at;
  }

  #rehash(): void {
    this.#resize(tableSizeFor(this.#rows.length));
    for (let id = 0; id < this.#rows.length; id++) {
      let at = this.#hashes[id]! & this.#mask;
      while (this.#table[at] !== 0) at = (at + 1) & this.#mask;
      this.#table[at] = id + 1;
    }
  }

  #resize(size: number): void {
    this.#table = new Int32Array(size);
    this.#mask = size - 1;
  }

  #hashOf(row: Row): number {
    let hash = 17;
    for (const name of this.#columns) hash = mixed(hash, contentHash(row[name as keyof Row]));
    return hash;
  }

  #isSame(left: Row, right: Row): boolean {
    for (const name of this.#columns) if (!sameContent(left[name as keyof Row], right[name as keyof Row])) return false;
    return true;
  }
}
