/** A chunk that has more is cut in two: what an insertion moves stays small however many sessions a key has. */
const mostInChunk = 512;

/**
 * The slots of one key's sessions in order of time. Sessions do not touch each other, so the order of their starts is that of their ends.
 * `seek` finds a place; the rest works there.
 */
export class SlotChunks implements Iterable<number> {
  /** None is empty, unless it is the only one. */
  readonly #chunks: number[][];
  #size: number;
  /** The place: past the last slot it is the end of the last chunk. */
  #chunk = 0;
  #at = 0;

  constructor(first: number) {
    this.#chunks = [[first]];
    this.#size = 1;
  }

  get size(): number {
    return this.#size;
  }

  /** Goes to the first session that ends at or after `time`. */
  seek(time: number, ends: Float64Array): void {
    let [low, high] = [0, this.#chunks.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[this.#chunks[middle]!.at(-1)!]! >= time) high = middle;
      else low = middle + 1;
    }
    const chunk = this.#chunks[low]!;
    let [from, to] = [0, chunk.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (ends[chunk[middle]!]! >= time) to = middle;
      else from = middle + 1;
    }
    this.#chunk = low;
    this.#at = from;
  }

  /** The slot at the place, or −1 past the last. */
  get current(): number {
    return this.#chunks[this.#chunk]![this.#at] ?? -1;
  }

  /** The slot after it, or −1. */
  get next(): number {
    return this.#chunks[this.#chunk]![this.#at + 1] ?? this.#chunks[this.#chunk + 1]?.[0] ?? -1;
  }

  /** Puts a slot before the one at the place, which is then lost. */
  insert(slot: number): void {
    const chunk = this.#chunks[this.#chunk]!;
    chunk.splice(this.#at, 0, slot);
    this.#size++;
    if (chunk.length > mostInChunk) this.#chunks.splice(this.#chunk + 1, 0, chunk.splice(mostInChunk >> 1));
  }

  /** Takes out the slot at the place, which is then lost. */
  remove(): void {
    this.#takeOut(this.#chunk, this.#at);
  }

  /** Takes out the slot after the one at the place. */
  removeNext(): void {
    if (this.#at + 1 < this.#chunks[this.#chunk]!.length) this.#takeOut(this.#chunk, this.#at + 1);
    else this.#takeOut(this.#chunk + 1, 0);
  }

  *[Symbol.iterator](): Iterator<number> {
    for (const chunk of this.#chunks) yield* chunk;
  }

  #takeOut(chunk: number, at: number): void {
    const slots = this.#chunks[chunk]!;
    slots.splice(at, 1);
    if (slots.length === 0 && this.#chunks.length > 1) this.#chunks.splice(chunk, 1);
    this.#size--;
  }
}
