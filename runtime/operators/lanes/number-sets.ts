import { grown } from "../grown.ts";
import { tableSizeFor } from "../keys/table-size.ts";

/** A second view of one double, for hashing its bits. */
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

/** No entry: the end of a chain, an empty slot. */
const none = -1;

/** Places of an entry's own numbers: its slot, its bits, the slot's next entry. */
const [slotAt, bitsAt, nextAt, width] = [0, 1, 2, 3] as const;

/**
 * A set of doubles a slot, each with bits, in the order in which they came. One hash table over the pairs of slot and value serves all slots: a set of few values costs no
 * more than they do, and a large one is as fast as a table of its own. NaN is no member.
 */
export class NumberSets {
  /** By entry. */
  #values = new Float64Array(16);
  #entries = new Int32Array(16 * width);
  #size = 0;
  /** Entries that were given up, chained by their next. */
  #free: number = none;
  #live = 0;
  /** By slot: its first and last entry, side by side. */
  #ends = new Int32Array(0);
  /** Entries plus one; 0 where a place is free. */
  #table = new Int32Array(32);
  #mask = 31;

  /** Adds bits to those of a value; gives those that it did not have. */
  add(slot: number, value: number, bits: number): number {
    const table = this.#table;
    const entries = this.#entries;
    const mask = this.#mask;
    let at = hashOf(slot, value) & mask;
    for (let entry = table[at]!; entry !== 0; entry = table[at]!) {
      const own = (entry - 1) * width;
      if (this.#values[entry - 1] === value && entries[own] === slot) {
        const before = entries[own + bitsAt]!;
        entries[own + bitsAt] = before | bits;
        return bits & ~before;
      }
      at = (at + 1) & mask;
    }
    this.#insert(slot, value + 0, bits, at);
    return bits;
  }

  ensure(capacity: number): void {
    this.#ends = grown(this.#ends, capacity * 2, none);
  }

  /** Calls `use` for each value of a slot, in order. */
  each(slot: number, use: (value: number, bits: number) => void): void {
    for (let entry = this.#ends[slot * 2]!; entry !== none; entry = this.#entries[entry * width + nextAt]!) use(this.#values[entry]!, this.#entries[entry * width + bitsAt]!);
  }

  /** How many values a slot has. */
  count(slot: number): number {
    let count = 0;
    for (let entry = this.#ends[slot * 2]!; entry !== none; entry = this.#entries[entry * width + nextAt]!) count++;
    return count;
  }

  reset(slot: number): void {
    const entries = this.#entries;
    const first = this.#ends[slot * 2]!;
    if (first === none) return;
    for (let entry = first; entry !== none; entry = entries[entry * width + nextAt]!) {
      this.#takeOut(entry);
      this.#live--;
    }
    entries[this.#ends[slot * 2 + 1]! * width + nextAt] = this.#free;
    this.#free = first;
    this.#ends[slot * 2] = this.#ends[slot * 2 + 1] = none;
  }

  /** Makes the empty slot `to` what `from` is, and `from` empty. */
  move(to: number, from: number): void {
    const entries = this.#entries;
    for (let entry = this.#ends[from * 2]!; entry !== none; entry = entries[entry * width + nextAt]!) {
      this.#takeOut(entry);
      entries[entry * width + slotAt] = to;
      this.#putIn(entry);
    }
    this.#ends.copyWithin(to * 2, from * 2, from * 2 + 2);
    this.#ends[from * 2] = this.#ends[from * 2 + 1] = none;
  }

  #insert(slot: number, value: number, bits: number, at: number): void {
    const entry = this.#newEntry();
    const own = entry * width;
    this.#values[entry] = value;
    this.#entries[own + slotAt] = slot;
    this.#entries[own + bitsAt] = bits;
    this.#entries[own + nextAt] = none;
    const last = this.#ends[slot * 2 + 1]!;
    if (last === none) this.#ends[slot * 2] = entry;
    else this.#entries[last * width + nextAt] = entry;
    this.#ends[slot * 2 + 1] = entry;
    this.#table[at] = entry + 1;
    this.#live++;
    if (this.#live * 2 > this.#table.length) this.#rehash();
  }

  #newEntry(): number {
    const entry = this.#free;
    if (entry !== none) {
      this.#free = this.#entries[entry * width + nextAt]!;
      return entry;
    }
    if (this.#size === this.#values.length) {
      this.#values = grown(this.#values, this.#size + 1);
      this.#entries = grown(this.#entries, this.#values.length * width);
    }
    return this.#size++;
  }

  #rehash(): void {
    const before = this.#table;
    this.#table = new Int32Array(tableSizeFor(this.#live));
    this.#mask = this.#table.length - 1;
    for (const entry of before) if (entry !== 0) this.#putIn(entry - 1);
  }

  #home(entry: number): number {
    return hashOf(this.#entries[entry * width + slotAt]!, this.#values[entry]!) & this.#mask;
  }

  #putIn(entry: number): void {
    let at = this.#home(entry);
    while (this.#table[at] !== 0) at = (at + 1) & this.#mask;
    this.#table[at] = entry + 1;
  }

  /** Frees an entry's place and draws those behind it nearer to theirs, so that no search ends too early. */
  #takeOut(entry: number): void {
    const table = this.#table;
    const mask = this.#mask;
    let hole = this.#home(entry);
    while (table[hole] !== entry + 1) hole = (hole + 1) & mask;
    for (let at = (hole + 1) & mask; table[at] !== 0; at = (at + 1) & mask) {
      const home = this.#home(table[at]! - 1);
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      table[hole] = table[at]!;
      hole = at;
    }
    table[hole] = 0;
  }
}

function hashOf(slot: number, value: number): number {
  let hash = value | 0;
  if (hash !== value) {
    // −0.0 has become 0 above.
    double[0] = value;
    hash = words[0]! ^ Math.imul(words[1]!, 0x85ebca6b);
  }
  hash = Math.imul(hash ^ Math.imul(slot + 1, 0x27d4eb2f), 0x9e3779b1);
  return hash ^ (hash >>> 15);
}
