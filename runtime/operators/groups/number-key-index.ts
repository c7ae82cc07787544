import type { KeyIndex } from "./key-index.ts";

const smallest = 64;
const word = new DataView(new ArrayBuffer(8));

/**
 * Numbers in open addressing; nulls, NaN and bigints (rare) apart. −0 and 0 are one value, NaN equals itself (Spark normalises
 * floating-point keys: NormalizeFloatingNumbers).
 */
export class NumberKeyIndex implements KeyIndex {
  #values: Float64Array = new Float64Array(smallest);
  /** What each id stands for; null, NaN and bigints are in `#others`. */
  #table: Int32Array = new Int32Array(smallest * 2).fill(-1);
  #mask = smallest * 2 - 1;
  #size = 0;
  #nullId = -1;
  #nanId = -1;
  #bigs = new Map<bigint, number>();
  readonly #others = new Map<number, unknown>();

  get size(): number {
    return this.#size;
  }

  id(value: unknown): number {
    if (typeof value === "number" && value === value) {
      const table = this.#table;
      const mask = this.#mask;
      const values = this.#values;
      for (let at = hashNumber(value) & mask; ; at = (at + 1) & mask) {
        const id = table[at]!;
        if (id === -1) return this.#add(value + 0, at);
        if (values[id] === value && !this.#isOther(id)) return id;
      }
    }
    return this.#otherId(value);
  }

  value(id: number): unknown {
    return this.#isOther(id) ? this.#others.get(id) : this.#values[id]!;
  }

  clear(): void {
    this.#values = new Float64Array(smallest);
    this.#table = new Int32Array(smallest * 2).fill(-1);
    this.#mask = smallest * 2 - 1;
    this.#size = 0;
    this.#nullId = -1;
    this.#nanId = -1;
    this.#bigs = new Map();
    this.#others.clear();
  }

  #isOther(id: number): boolean {
    return this.#others.size > 0 && this.#others.has(id);
  }

  #add(value: number, at: number): number {
    const id = this.#newId(value);
    // Growing puts every id in its place again, the new one too.
    if (this.#size * 2 > this.#mask) this.#grow();
    else this.#table[at] = id;
    return id;
  }

  #newId(value: number): number {
    const id = this.#size++;
    if (id >= this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[id] = value;
    return id;
  }

  #grow(): void {
    this.#mask = (this.#mask + 1) * 4 - 1;
    this.#table = new Int32Array(this.#mask + 1).fill(-1);
    for (let id = 0; id < this.#size; id++) {
      if (this.#isOther(id)) continue;
      let at = hashNumber(this.#values[id]!) & this.#mask;
      while (this.#table[at] !== -1) at = (at + 1) & this.#mask;
      this.#table[at] = id;
    }
  }

  #otherId(value: unknown): number {
    if (typeof value === "bigint") {
      let id = this.#bigs.get(value);
      if (id === undefined) this.#bigs.set(value, (id = this.#newOther(value)));
      return id;
    }
    if (value === null || value === undefined) return this.#nullId === -1 ? (this.#nullId = this.#newOther(null)) : this.#nullId;
    return this.#nanId === -1 ? (this.#nanId = this.#newOther(NaN)) : this.#nanId;
  }

  #newOther(value: unknown): number {
    const id = this.#newId(0);
    this.#others.set(id, value);
    return id;
  }
}

/** Spreads small integers, timestamps and fractions alike. */
function hashNumber(value: number): number {
  const small = value | 0;
  if (small === value) return scramble(small);
  word.setFloat64(0, value === 0 ? 0 : value);
  return scramble(word.getInt32(0) ^ Math.imul(word.getInt32(4), 0x85ebca6b));
}

function scramble(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
