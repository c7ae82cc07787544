import { grown } from "./grown.ts";
import { LinkedLists } from "./linked-lists.ts";
import { NumberPool } from "./number-pool.ts";
import type { StreamJoinKeys } from "./stream-join-keys.ts";
import { TouchedSlots } from "./touched-slots.ts";

/** The most rows of a block. What a row changes is stored by block, so that a key of many rows is not written anew for each. */
export const rowsOfBlock = 32;

/**
 * Blocks of rows of one side: each key has a list of them, numbered upwards in the order in which its rows came. A block that the stored state
 * has stays in its list without rows until its entry is taken away.
 */
export class StreamJoinBlocks {
  /** Since the last delta. */
  readonly touched = new TouchedSlots();
  readonly #keys: StreamJoinKeys;
  readonly #blocks = new NumberPool();
  readonly #lists = new LinkedLists();
  /** By block. The key is −1 where the block is free. */
  #keyOf = new Int32Array(64);
  #numbers = new Int32Array(64);
  #counts = new Int32Array(64);
  #isStored = new Uint8Array(64);

  constructor(keys: StreamJoinKeys) {
    this.#keys = keys;
  }

  /** Above every block in use. */
  get end(): number {
    return this.#blocks.end;
  }

  has(block: number): boolean {
    return this.#keyOf[block]! >= 0;
  }

  keyOf(block: number): number {
    return this.#keyOf[block]!;
  }

  /** The place of a block in its key's list. */
  numberOf(block: number): number {
    return this.#numbers[block]!;
  }

  countOf(block: number): number {
    return this.#counts[block]!;
  }

  isStored(block: number): boolean {
    return this.#isStored[block] === 1;
  }

  setStored(block: number, isStored: boolean): void {
    this.#isStored[block] = isStored ? 1 : 0;
  }

  /** The first block of a key that has rows, or −1. */
  firstOf(key: number): number {
    return this.#withRows(this.#lists.firstOf(key));
  }

  /** The next block of its key that has rows, or −1. */
  afterOf(block: number): number {
    return this.#withRows(this.#lists.afterOf(block));
  }

  /** The block that a key's next row goes to. */
  open(key: number): number {
    const last = this.#lists.lastOf(key);
    if (last >= 0 && this.#counts[last]! < rowsOfBlock) return last;
    return this.#insert(key, last < 0 ? 0 : this.#numbers[last]! + 1, last);
  }

  /** A block as a checkpoint holds it, in its place whatever the order in which they come. */
  restore(key: number, number: number): number {
    let before = this.#lists.lastOf(key);
    while (before >= 0 && this.#numbers[before]! > number) before = this.#lists.beforeOf(before);
    const block = this.#insert(key, number, before);
    this.#isStored[block] = 1;
    return block;
  }

  addRow(block: number): void {
    this.#counts[block]!++;
  }

  /** One row less: a block without any is given back, or kept for its entry to be taken away. */
  removeRow(block: number): void {
    this.touched.add(block);
    if (--this.#counts[block]! === 0 && this.#isStored[block] === 0) this.remove(block);
  }

  /** Gives a block without rows back, and its key with the last one. */
  remove(block: number): void {
    const key = this.#keyOf[block]!;
    this.#lists.remove(key, block);
    this.#keyOf[block] = -1;
    this.#blocks.giveBack(block);
    this.#keys.release(key);
  }

  clear(): void {
    this.#blocks.clear();
    this.#lists.clear();
    this.touched.clear();
  }

  #withRows(from: number): number {
    let at = from;
    while (at >= 0 && this.#counts[at] === 0) at = this.#lists.afterOf(at);
    return at;
  }

  /** `before`: the block before it; −1 where it is the first. */
  #insert(key: number, number: number, before: number): number {
    const block = this.#newBlock();
    this.#keyOf[block] = key;
    this.#numbers[block] = number;
    this.#counts[block] = 0;
    this.#isStored[block] = 0;
    this.#lists.insert(key, block, before);
    this.#keys.hold(key);
    return block;
  }

  #newBlock(): number {
    const block = this.#blocks.take();
    if (block >= this.#keyOf.length) {
      this.#keyOf = grown(this.#keyOf, block + 1);
      this.#numbers = grown(this.#numbers, block + 1);
      this.#counts = grown(this.#counts, block + 1);
      this.#isStored = grown(this.#isStored, block + 1);
    }
    return block;
  }
}
