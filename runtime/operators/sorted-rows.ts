import type { SortKey } from "./row-order.ts";

/** A chunk that has more is cut in two: what an insertion moves stays small however many rows there are. */
const mostInChunk = 256;

/**
 * Rows in order by their numbers, no two of them equal. Finding a place, putting a row there and taking one out cost the logarithm of how many there are, and
 * the moves within a chunk.
 */
export class SortedRows implements Iterable<number> {
  /** None is empty, unless it is the only one. */
  readonly #chunks: number[][] = [[]];
  #size = 0;
  /** The place that was last looked for. */
  #chunk = 0;
  #at = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of the row that equals this one, or −1; the place is where it is or belongs. */
  find<Row>(row: Row, rows: readonly (Row | undefined)[], compare: SortKey<Row>): number {
    let [low, high] = [0, this.#chunks.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(rows[this.#chunks[middle]!.at(-1)!]!, row) >= 0) high = middle;
      else low = middle + 1;
    }
    const chunk = this.#chunks[low]!;
    let [from, to] = [0, chunk.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (compare(rows[chunk[middle]!]!, row) >= 0) to = middle;
      else from = middle + 1;
    }
    this.#chunk = low;
    this.#at = from;
    const found = chunk[from];
    return found !== undefined && compare(rows[found]!, row) === 0 ? found : -1;
  }

  /** Puts a row at the place, which is then lost. */
  insert(number: number): void {
    const chunk = this.#chunks[this.#chunk]!;
    chunk.splice(this.#at, 0, number);
    this.#size++;
    if (chunk.length > mostInChunk) this.#chunks.splice(this.#chunk + 1, 0, chunk.splice(mostInChunk >> 1));
  }

  /** Takes out the row at the place, which is then lost. */
  remove(): void {
    const chunk = this.#chunks[this.#chunk]!;
    chunk.splice(this.#at, 1);
    this.#size--;
    if (chunk.length === 0 && this.#chunks.length > 1) this.#chunks.splice(this.#chunk, 1);
  }

  *[Symbol.iterator](): Iterator<number> {
    for (const chunk of this.#chunks) yield* chunk;
  }
}
