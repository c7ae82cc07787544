/** Bytes of a slab: many values of usual length. */
const slabBytes = 64 * 1024;

/** Keeps copies of many short values in few pieces of memory: a piece for each costs more than the bytes in it. What was kept stays as it is. */
export class ValueSlab {
  #slab = new Uint8Array(0);
  #used = 0;

  /** A copy of the bytes. A large one has memory of its own, so that it does not hold others' up. */
  keep(bytes: Uint8Array): Uint8Array {
    const { length } = bytes;
    if (length > slabBytes / 8) return bytes.slice();
    if (this.#used + length > this.#slab.length) {
      this.#slab = new Uint8Array(slabBytes);
      this.#used = 0;
    }
    const at = this.#used;
    this.#slab.set(bytes, at);
    this.#used += length;
    return new Uint8Array(this.#slab.buffer, at, length);
  }
}
