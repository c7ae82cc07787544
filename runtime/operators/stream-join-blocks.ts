import { grown } from "./grown.ts";
import type { StreamJoinKeys } from "./stream-join-keys.ts";
import { TouchedSlots } from "./touched-slots.ts";

/** The most rows of a block. What a row changes is stored by block, so that a key of many rows is not written anew for each. */
export const rowsOfBlock = 32;

/**
 * Blocks of rows of one side: each key has a list of them, numbered upwards in the order in which its rows came. Where one stands in a list, 0 is
 * none and else the block plus one. A block that the stored state has stays in its list without rows until its entry is taken away.
 */
export class StreamJoinBlocks {
  /** Since the last delta. */
  readonly touched = new TouchedSlots();
  readonly #keys: StreamJoinKeys;
  #end = 0;
  #free = 0;
  /** By block. The key is −1 where the block is free. */
  #keyOf = new Int32Array(64);
  #numbers = new Int32Array(64);
  #counts = new Int32Array(64);
  #before = new Int32Array(64);
  #after = new Int32Array(64);
  #isStored = new Uint8Array(64);
  /** By key. */
  #first = new Int32Array(64);
  #last = new Int32Array(64);

  constructor(keys: StreamJoinKeys) {
    this.#keys = keys;
  }

  /** Above every block in use. */
  get end(): number {
    return this.#end;
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
    return this.#withRows(key < this.#first.length ? this.#first[key]! : 0);
  }

  /** The next block of its key that has rows, or −1. */
  afterOf(block: number): number {
    return this.#withRows(this.#after[block]!);
  }

  /** The block that a key's next row goes to. */
  open(key: number): number {
    this.#makeRoomForKey(key);
    const last = this.#last[key]! - 1;
    if (last >= 0 && this.#counts[last]! < rowsOfBlock) return last;
    return this.#insert(key, last < 0 ? 0 : this.#numbers[last]! + 1, last + 1);
  }

  /** A block as a checkpoint holds it, in its place whatever the order in which they come. */
  restore(key: number, number: number): number {
    this.#makeRoomForKey(key);
    let before = this.#last[key]!;
    while (before !== 0 && this.#numbers[before - 1]! > number) before = this.#before[before - 1]!;
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
    const [before, after] = [this.#before[block]!, this.#after[block]!];
    if (before === 0) this.#first[key] = after;
    else this.#after[before - 1] = after;
    if (after === 0) this.#last[key] = before;
    else this.#before[after - 1] = before;
    this.#keyOf[block] = -1;
    this.#after[block] = this.#free;
    this.#free = block + 1;
    this.#keys.release(key);
  }

  clear(): void {
    this.#end = 0;
    this.#free = 0;
    this.#first.fill(0);
    this.#last.fill(0);
    this.touched.clear();
  }

  #withRows(from: number): number {
    let at = from;
    while (at !== 0 && this.#counts[at - 1] === 0) at = this.#after[at - 1]!;
    return at - 1;
  }

  /** `before`: the block before it, plus one. */
  #insert(key: number, number: number, before: number): number {
    const block = this.#newBlock();
    const after = before === 0 ? this.#first[key]! : this.#after[before - 1]!;
    this.#keyOf[block] = key;
    this.#numbers[block] = number;
    this.#counts[block] = 0;
    this.#isStored[block] = 0;
    this.#before[block] = before;
    this.#after[block] = after;
    if (before === 0) this.#first[key] = block + 1;
    else this.#after[before - 1] = block + 1;
    if (after === 0) this.#last[key] = block + 1;
    else this.#before[after - 1] = block + 1;
    this.#keys.hold(key);
    return block;
  }

  #newBlock(): number {
    if (this.#free !== 0) {
      const block = this.#free - 1;
      this.#free = this.#after[block]!;
      return block;
    }
    const block = this.#end++;
    if (block === this.#keyOf.length) {
      this.#keyOf = grown(this.#keyOf, block + 1);
      this.#numbers = grown(this.#numbers, block + 1);
      this.#counts = grown(this.#counts, block + 1);
      this.#before = grown(this.#before, block + 1);
      this.#after = grown(this.#after, block + 1);
      this.#isStored = grown(this.#isStored, block + 1);
    }
    return block;
  }

  #makeRoomForKey(key: number): void {
    if (key >= this.#first.length) {
      this.#first = grown(this.#first, key + 1);
      this.#last = grown(this.#last, key + 1);
    }
  }
}
