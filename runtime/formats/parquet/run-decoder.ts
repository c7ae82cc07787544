/**
 * Whole numbers of so many bits as levels, places in a dictionary and booleans are written (the RLE/bit-packed hybrid), taken some at a time: a run of a
 * few bytes may stand for any number of them.
 */
export class RunDecoder {
  readonly #bytes: Uint8Array;
  readonly #width: number;
  readonly #mask: number;
  #at: number;
  /** Of the run at hand. */
  #left = 0;
  #isPacked = false;
  #repeated = 0;
  /** Bits from `#at` on that are read already. */
  #bit = 0;

  /** `at`: where the first run begins. */
  constructor(bytes: Uint8Array, at: number, width: number) {
    this.#bytes = bytes;
    this.#at = at;
    this.#width = width;
    this.#mask = width === 0 ? 0 : 0xffffffff >>> (32 - width);
  }

  /** The next `count` numbers. */
  take(count: number): Int32Array {
    const values = new Int32Array(count);
    for (let done = 0; done < count; ) {
      if (this.#left === 0) this.#begin();
      const some = Math.min(this.#left, count - done);
      if (this.#isPacked) this.#unpack(values, done, done + some);
      else values.fill(this.#repeated, done, done + some);
      this.#left -= some;
      done += some;
    }
    return values;
  }

  /** Goes on to the next run, which may be empty. */
  #begin(): void {
    if (this.#isPacked) this.#at += Math.ceil(this.#bit / 8);
    const head = this.#varint();
    this.#isPacked = head % 2 === 1;
    if (this.#isPacked) {
      this.#left = ((head - 1) / 2) * 8;
      this.#bit = 0;
      return;
    }
    this.#left = head / 2;
    this.#repeated = 0;
    for (let shift = 0; shift < this.#width; shift += 8) this.#repeated |= this.#byte() << shift;
  }

  #unpack(values: Int32Array, from: number, to: number): void {
    const bytes = this.#bytes;
    const width = this.#width;
    const mask = this.#mask;
    const start = this.#at;
    let bit = this.#bit;
    // What fills the last run up to eight numbers may be left out.
    if (start + Math.ceil((bit + (to - from) * width) / 8) > bytes.length) throw new RangeError("a run ends behind its page");
    for (let row = from; row < to; row++) {
      const at = start + Math.floor(bit / 8);
      const shift = bit & 7;
      const bits = shift + width;
      let word = bytes[at]! >>> shift;
      if (bits > 8) word |= bytes[at + 1]! << (8 - shift);
      if (bits > 16) word |= bytes[at + 2]! << (16 - shift);
      if (bits > 24) word |= bytes[at + 3]! << (24 - shift);
      if (bits > 32) word |= bytes[at + 4]! << (32 - shift);
      values[row] = word & mask;
      bit += width;
    }
    this.#bit = bit;
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 42; scale *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new RangeError("a run has no length that can be");
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new RangeError("a run ends behind its page");
    return byte;
  }
}
