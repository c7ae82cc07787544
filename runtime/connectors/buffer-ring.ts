/** Bytes of a chunk, as the readers of records like it. */
export const chunkBytes = 65_536;

/**
 * The buffers that a source fills in turn. A reader may look into a chunk until it gets the next one, and the driver asks for
 * one chunk ahead: with three buffers none is filled while someone can look into it.
 */
export class BufferRing {
  readonly #buffers: Uint8Array[] = [];
  #turn = 0;

  /** The next buffer, with room for at least `bytes` more than a line of usual length. */
  next(bytes = 0): Uint8Array {
    this.#turn = (this.#turn + 1) % 3;
    if (bytes > chunkBytes) return new Uint8Array(bytes);
    const buffer = this.#buffers[this.#turn] ?? new Uint8Array(chunkBytes);
    this.#buffers[this.#turn] = buffer;
    return buffer;
  }
}
