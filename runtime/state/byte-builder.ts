/** Bytes that grow at the end. */
export class ByteBuilder {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** What was written is the first `length` of these. */
  get written(): Uint8Array {
    return this.#bytes;
  }

  /** A view of `written`. */
  get view(): DataView {
    return this.#view;
  }

  /** Makes room for `count` more bytes and gives the buffer, to be written from `length` on; `advance` then takes them up. */
  reserve(count: number): Uint8Array {
    const needed = this.#length + count;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return this.#bytes;
  }

  advance(count: number): void {
    this.#length += count;
  }

  byte(value: number): void {
    this.reserve(1)[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53 − 1, seven bits a byte, low ones first. */
  varint(value: number): void {
    const bytes = this.reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    bytes[this.#length++] = rest;
  }

  bytes(value: Uint8Array): void {
    this.reserve(value.length).set(value, this.#length);
    this.#length += value.length;
  }

  /** Forgets what was written. */
  drop(): void {
    this.#length = 0;
  }

  /** A copy of what was written; the builder is empty afterwards. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }
}
