import { grown } from "./grown.ts";

/** Doubly linked lists of numbers (0 or more), by the number of the list. A number is in one list at most. None is −1. */
export class LinkedLists {
  /** By item, and by list: the other one plus one; 0 where there is none. */
  #before = new Int32Array(64);
  #after = new Int32Array(64);
  #first = new Int32Array(64);
  #last = new Int32Array(64);

  firstOf(list: number): number {
    return list < this.#first.length ? this.#first[list]! - 1 : -1;
  }

  lastOf(list: number): number {
    return list < this.#last.length ? this.#last[list]! - 1 : -1;
  }

  /** The next item of the same list. */
  afterOf(item: number): number {
    return this.#after[item]! - 1;
  }

  /** The item before it in the same list. */
  beforeOf(item: number): number {
    return this.#before[item]! - 1;
  }

  /** Puts an item at the end of a list, and gives the one before it. */
  append(list: number, item: number): number {
    this.#makeRoom(list, item);
    const last = this.#last[list]!;
    this.#before[item] = last;
    this.#after[item] = 0;
    if (last === 0) this.#first[list] = item + 1;
    else this.#after[last - 1] = item + 1;
    this.#last[list] = item + 1;
    return last - 1;
  }

  /** Puts an item behind another one of a list, or at its start where that is −1. */
  insert(list: number, item: number, before: number): void {
    this.#makeRoom(list, item);
    const after = before < 0 ? this.#first[list]! : this.#after[before]!;
    this.#before[item] = before + 1;
    this.#after[item] = after;
    if (before < 0) this.#first[list] = item + 1;
    else this.#after[before] = item + 1;
    if (after === 0) this.#last[list] = item + 1;
    else this.#before[after - 1] = item + 1;
  }

  /** Takes an item out of its list. */
  remove(list: number, item: number): void {
    const before = this.#before[item]!;
    const after = this.#after[item]!;
    if (before === 0) this.#first[list] = after;
    else this.#after[before - 1] = after;
    if (after === 0) this.#last[list] = before;
    else this.#before[after - 1] = before;
  }

  /** Empties every list. */
  clear(): void {
    this.#first.fill(0);
    this.#last.fill(0);
  }

  #makeRoom(list: number, item: number): void {
    if (list >= this.#first.length) {
      this.#first = grown(this.#first, list + 1);
      this.#last = grown(this.#last, list + 1);
    }
    if (item >= this.#after.length) {
      this.#before = grown(this.#before, item + 1);
      this.#after = grown(this.#after, item + 1);
    }
  }
}
