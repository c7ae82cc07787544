import { grown } from "./grown.ts";
import { NumberPool } from "./number-pool.ts";
import { packedMemory, type PackedMemory } from "../state/packed-memory.ts";

/** A place is a block and a word of eight bytes in it, in one number that is not 0. */
const wordBits = 16;
const blockBytes = 8 << wordBits;

/** Before each row: how long it is, and its number. */
const headBytes = 8;

/** Behind the last row of a block, so that words are read whole. */
const slackBytes = 16;

/** Blocks that a place can tell apart: 32 GB. */
const mostBlocks = 2 ** (32 - wordBits) - 1;

/** A piece of memory that rows are put into one after the other. What is there is never written to again. */
export interface RowBlock extends PackedMemory {
  readonly number: number;
  readonly capacity: number;
  /** Bytes that have been taken up. */
  used: number;
  /** Bytes of rows that are there. */
  live: number;
}

/**
 * Rows as bytes, each under a number of its owner's, in memory that the garbage collector does not look through. A block whose rows are mostly gone is given back, and
 * the others of it are put into another; whoever has taken a block and a place from here may go on reading there all the same.
 */
export class RowBlocks {
  readonly #blocks: (RowBlock | undefined)[] = [];
  readonly #numbers = new NumberPool();
  #open: RowBlock | undefined;
  /** By row: where it lies; 0 where there is none. */
  #places = new Uint32Array(64);

  has(row: number): boolean {
    return row < this.#places.length && this.#places[row] !== 0;
  }

  blockOf(row: number): RowBlock {
    return this.#blockAt(this.#places[row]!);
  }

  /** Where the bytes of a row begin in its block. */
  startOf(row: number): number {
    return headOf(this.#places[row]!) + headBytes;
  }

  endOf(row: number): number {
    const place = this.#places[row]!;
    const head = headOf(place);
    return head + headBytes + this.#blockAt(place).view.getInt32(head, true);
  }

  get memoryBytes(): number {
    return this.#blocks.reduce((bytes, block) => bytes + (block?.capacity ?? 0), 0);
  }

  /** The block that the next row goes to: there is room for so many bytes from `nextStart` on. */
  withRoom(bytes: number): RowBlock {
    const open = this.#open;
    return open !== undefined && open.used + headBytes + bytes <= open.capacity ? open : this.#newBlock(bytes);
  }

  /** Keeps the bytes from `nextStart(block)` to `end` as a row, in place of the one that has the number. */
  put(row: number, block: RowBlock, end: number): void {
    if (row >= this.#places.length) this.#places = grown(this.#places, row + 1);
    const before = this.#places[row]!;
    // First the new one: room may be taken where it lies when the other is given back.
    this.#take(row, block, end);
    if (before !== 0) this.#release(before);
  }

  remove(row: number): void {
    const place = this.#places[row]!;
    this.#places[row] = 0;
    this.#release(place);
  }

  /** Gives a row the number `to`, which has none. */
  move(to: number, from: number): void {
    const place = this.#places[from]!;
    if (to >= this.#places.length) this.#places = grown(this.#places, to + 1);
    this.#places[to] = place;
    this.#places[from] = 0;
    if (place !== 0) this.#blockAt(place).view.setInt32(headOf(place) + 4, to, true);
  }

  clear(): void {
    this.#places.fill(0);
    this.#blocks.length = 0;
    this.#numbers.clear();
    this.#open = undefined;
  }

  #blockAt(place: number): RowBlock {
    return this.#blocks[(place >>> wordBits) - 1]!;
  }

  #release(place: number): void {
    const block = this.#blockAt(place);
    block.live -= sizeAt(block, headOf(place));
    if (block !== this.#open) this.#tidy(block);
  }

  #take(row: number, block: RowBlock, end: number): void {
    const head = block.used;
    block.view.setInt32(head, end - head - headBytes, true);
    block.view.setInt32(head + 4, row, true);
    const size = sizeAt(block, head);
    block.used += size;
    block.live += size;
    this.#places[row] = (((block.number + 1) << wordBits) | (head >>> 3)) >>> 0;
  }

  #newBlock(bytes: number): RowBlock {
    const full = this.#open;
    const number = this.#numbers.take();
    if (number >= mostBlocks) throw new RangeError("an operator keeps more rows than 32 GB hold");
    const capacity = Math.max(blockBytes, headBytes + bytes);
    const block: RowBlock = { number, capacity, ...packedMemory(capacity + slackBytes), used: 0, live: 0 };
    this.#blocks[number] = block;
    this.#open = block;
    if (full !== undefined) this.#tidy(full);
    return block;
  }

  /** Gives a block back that is mostly dead. Moving what is left costs less than what has gone since it was written. */
  #tidy(block: RowBlock): void {
    if (block.live * 2 > block.used) return;
    const { view, number } = block;
    for (let head = 0; block.live > 0; head += sizeAt(block, head)) {
      const row = view.getInt32(head + 4, true);
      const place = this.#places[row]!;
      if ((place >>> wordBits) - 1 !== number || headOf(place) !== head) continue;
      const start = head + headBytes;
      const end = start + view.getInt32(head, true);
      const into = this.withRoom(end - start);
      into.bytes.set(block.bytes.subarray(start, end), nextStart(into));
      block.live -= sizeAt(block, head);
      this.#take(row, into, nextStart(into) + end - start);
    }
    this.#blocks[number] = undefined;
    this.#numbers.giveBack(number);
  }
}

/** Where the bytes of a block's next row begin. */
export function nextStart(block: RowBlock): number {
  return block.used + headBytes;
}

function headOf(place: number): number {
  return (place & ((1 << wordBits) - 1)) << 3;
}

/** The bytes that the row there takes with its head: whole words. */
function sizeAt({ view }: RowBlock, head: number): number {
  return (headBytes + view.getInt32(head, true) + 7) & ~7;
}
