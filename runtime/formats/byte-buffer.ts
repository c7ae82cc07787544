/** Bytes that are gathered: one buffer that grows and is used again. */
export class ByteBuffer {
  #bytes = Buffer.alloc(4096);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What was gathered: a view that the next call may change. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Starts anew; the buffer is kept. */
  reset(): void {
    this.#length = 0;
  }

  byte(value: number): void {
    this.#ensure(1);
    this.#bytes[this.#length++] = value;
  }

  bytes(source: Uint8Array, start = 0, end = source.length): void {
    this.#ensure(end - start);
    this.#bytes.set(source.subarray(start, end), this.#length);
    this.#length += end - start;
  }

  text(value: string): void {
    this.#ensure(value.length * 3);
    this.#length += this.#bytes.write(value, this.#length, "utf8");
  }

  #ensure(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    let capacity = this.#bytes.length * 2;
    while (capacity < this.#length + more) capacity *= 2;
    const bytes = Buffer.alloc(capacity);
    bytes.set(this.view());
    this.#bytes = bytes;
  }
}
