import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { KeyTuple } from "./keys/key-tuple.ts";
import type { Lookup, LookupSpec } from "./lookup.ts";

const none: readonly never[] = [];

/** Makes an empty lookup table. `seed` starts its hashes: any number, best a random one. */
export function createLookup<Row>(spec: LookupSpec, seed: number = 0x2545f491): Lookup<Row> {
  return new LookupTable(spec, new KeyTuple(Object.values<TypeDescriptor>(spec.key), seed));
}

class LookupTable<Row> implements Lookup<Row> {
  readonly spec: LookupSpec;
  readonly #keys: KeyTuple;
  /** Rows by the number of their key. */
  readonly #rows: Row[][] = [];
  readonly #all: Row[] = [];
  readonly #marked = new Set<Row>();

  constructor(spec: LookupSpec, keys: KeyTuple) {
    this.spec = spec;
    this.#keys = keys;
  }

  clear(): void {
    this.#keys.clear();
    this.#rows.length = 0;
    this.#all.length = 0;
    this.#marked.clear();
  }

  add(key: readonly unknown[], row: Row): void {
    const id = this.#keys.idOf(key);
    const rows = this.#rows[id];
    if (rows === undefined) this.#rows[id] = [row];
    else rows.push(row);
    this.#all.push(row);
  }

  addApart(row: Row): void {
    this.#all.push(row);
  }

  find(key: readonly unknown[]): readonly Row[] {
    const id = this.#keys.find(key);
    return id < 0 ? none : (this.#rows[id] ?? none);
  }

  all(): readonly Row[] {
    return this.#all;
  }

  has(key: readonly unknown[]): boolean {
    return this.find(key).length > 0;
  }

  mark(row: Row): void {
    this.#marked.add(row);
  }

  takeMatched(): readonly Row[] {
    return this.#take(true);
  }

  takeUnmatched(): readonly Row[] {
    return this.#take(false);
  }

  #take(marked: boolean): readonly Row[] {
    const rows = this.#all.filter((row) => this.#marked.has(row) === marked);
    this.#marked.clear();
    return rows;
  }
}
