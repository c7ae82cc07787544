const smallest = 64;

/** Numbers the distinct tuples of a fixed number of small integers (the ids of key columns) from 0 on. */
export class TupleIndex {
  readonly width: number;
  #parts: Int32Array;
  #table: Int32Array = new Int32Array(smallest * 2).fill(-1);
  #mask = smallest * 2 - 1;
  #size = 0;

  constructor(width: number) {
    this.width = width;
    this.#parts = new Int32Array(smallest * Math.max(1, width));
  }

  get size(): number {
    return this.#size;
  }

  /** The part of a tuple in a column. */
  part(slot: number, column: number): number {
    return this.#parts[slot * this.width + column]!;
  }

  /** The number of a tuple, a new one if it was not seen. The tuple may be reused by the caller. */
  slot(tuple: Int32Array): number {
    const found = this.#search(tuple);
    return found >= 0 ? found : this.#add(tuple, -found - 1);
  }

  /** The number of a tuple, or −1. */
  find(tuple: Int32Array): number {
    const found = this.#search(tuple);
    return found >= 0 ? found : -1;
  }

  clear(): void {
    this.#table.fill(-1);
    this.#size = 0;
  }

  /** The slot, or −1 − the free place in the table. */
  #search(tuple: Int32Array): number {
    const { width } = this;
    const table = this.#table;
    const mask = this.#mask;
    const parts = this.#parts;
    for (let at = hashTuple(tuple, 0, width) & mask; ; at = (at + 1) & mask) {
      const slot = table[at]!;
      if (slot === -1) return -1 - at;
      const base = slot * width;
      let column = 0;
      while (column < width && parts[base + column] === tuple[column]) column++;
      if (column === width) return slot;
    }
  }

  #add(tuple: Int32Array, at: number): number {
    const slot = this.#size++;
    const base = slot * this.width;
    if (base + this.width > this.#parts.length) {
      const larger = new Int32Array(this.#parts.length * 2);
      larger.set(this.#parts);
      this.#parts = larger;
    }
    for (let column = 0; column < this.width; column++) this.#parts[base + column] = tuple[column]!;
    if (this.#size * 2 > this.#mask) this.#grow();
    else this.#table[at] = slot;
    return slot;
  }

  #grow(): void {
    this.#mask = (this.#mask + 1) * 4 - 1;
    this.#table = new Int32Array(this.#mask + 1).fill(-1);
    for (let slot = 0; slot < this.#size; slot++) {
      let at = hashTuple(this.#parts, slot * this.width, this.width) & this.#mask;
      while (this.#table[at] !== -1) at = (at + 1) & this.#mask;
      this.#table[at] = slot;
    }
  }
}

function hashTuple(parts: Int32Array, start: number, width: number): number {
  let hash = 0x9747b28c;
  for (let column = 0; column < width; column++) {
    hash = Math.imul(hash ^ parts[start + column]!, 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
