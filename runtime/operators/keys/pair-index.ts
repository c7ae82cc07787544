import { grown } from "../grown.ts";
import { tableSizeFor } from "./table-size.ts";

/** Distinct pairs of numbers (0 or more), numbered from 0 in the order in which they came. */
export class PairIndex {
  #size = 0;
  #firsts = new Int32Array(16);
  #seconds = new Int32Array(16);
  /** Ids plus one; 0 where a place is free. */
  #table = new Int32Array(32);
  #mask = 31;

  get size(): number {
    return this.#size;
  }

  first(id: number): number {
    return this.#firsts[id]!;
  }

  second(id: number): number {
    return this.#seconds[id]!;
  }

  /** The number of a pair, given now if it is new. */
  idOf(first: number, second: number): number {
    const at = this.#placeOf(first, second);
    const known = this.#table[at]! - 1;
    return known >= 0 ? known : this.#insert(first, second, at);
  }

  /** The number of a pair, or −1. */
  find(first: number, second: number): number {
    return this.#table[this.#placeOf(first, second)]! - 1;
  }

  clear(): void {
    this.#size = 0;
    this.#table.fill(0);
  }

  /** Keeps only the pairs of these numbers, which ascend, with their parts numbered anew; the first pair becomes number 0, and so on. */
  keep(ids: Int32Array, firsts: Int32Array, seconds: Int32Array): void {
    ids.forEach((id, at) => {
      this.#firsts[at] = firsts[this.#firsts[id]!]!;
      this.#seconds[at] = seconds[this.#seconds[id]!]!;
    });
    this.#size = ids.length;
    this.#rehash();
  }

  #placeOf(first: number, second: number): number {
    const table = this.#table;
    let at = hashOf(first, second) & this.#mask;
    for (let entry = table[at]!; entry !== 0; entry = table[at]!) {
      if (this.#firsts[entry - 1] === first && this.#seconds[entry - 1] === second) break;
      at = (at + 1) & this.#mask;
    }
    return at;
  }

  #insert(first: number, second: number, at: number): number {
    const id = this.#size++;
    if (id === this.#firsts.length) {
      this.#firsts = grown(this.#firsts, id + 1);
      this.#seconds = grown(this.#seconds, id + 1);
    }
    this.#firsts[id] = first;
    this.#seconds[id] = second;
    this.#table[at] = id + 1;
    if (this.#size * 2 > this.#table.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    this.#table = new Int32Array(tableSizeFor(this.#size));
    this.#mask = this.#table.length - 1;
    for (let id = 0; id < this.#size; id++) this.#table[this.#placeOf(this.#firsts[id]!, this.#seconds[id]!)] = id + 1;
  }
}

function hashOf(first: number, second: number): number {
  const hash = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
