import { grown } from "./grown.ts";
import { PairIndex } from "./keys/pair-index.ts";

/** A search that passes so many panes of a key is one too long. */
const longSearch = 16;

/**
 * The pairs of pane and key of a table, numbered from 0 in the order in which they came. The pairs of a key are a chain, those of the panes that are
 * new first: rows that come about in the order of their times find theirs at once, and a new pane costs no hashing. Where a chain proves too long
 * to be searched, all pairs are hashed.
 */
export class PaneEntries {
  #size = 0;
  #panes = new Int32Array(64);
  #keys = new Int32Array(64);
  /** By pair: the next of its key's chain; −1 at the end. */
  #next = new Int32Array(64);
  /** By key: the first of its chain, or, where pairs are hashed, the one that was found last; −1 where there is none. */
  #first = new Int32Array(64).fill(-1);
  #hashed: PairIndex | undefined;

  paneOf(id: number): number {
    return this.#panes[id]!;
  }

  keyOf(id: number): number {
    return this.#keys[id]!;
  }

  /** The number of a pair, given now if it is new. */
  idOf(pane: number, key: number): number {
    const first = key < this.#first.length ? this.#first[key]! : -1;
    return first >= 0 && this.#panes[first] === pane ? first : this.#search(pane, key);
  }

  /** The number of a pair, or −1. */
  find(pane: number, key: number): number {
    if (this.#hashed !== undefined) return this.#hashed.find(pane, key);
    let id = key < this.#first.length ? this.#first[key]! : -1;
    while (id >= 0 && this.#panes[id]! > pane) id = this.#next[id]!;
    return id >= 0 && this.#panes[id] === pane ? id : -1;
  }

  clear(): void {
    this.#size = 0;
    this.#first.fill(-1);
    this.#hashed = undefined;
  }

  /** Keeps only the pairs of these numbers, which ascend, with their parts numbered anew in their order; the first becomes number 0, and so on. */
  keep(ids: Int32Array, panes: Int32Array, keys: Int32Array): void {
    this.clear();
    for (const id of ids) this.idOf(panes[this.#panes[id]!]!, keys[this.#keys[id]!]!);
  }

  #search(pane: number, key: number): number {
    if (this.#hashed !== undefined) return this.#searchHashed(this.#hashed, pane, key);
    this.#first = grown(this.#first, key + 1, -1);
    let before = -1;
    let id = this.#first[key]!;
    for (let passed = 0; id >= 0 && this.#panes[id]! > pane; passed++) {
      if (passed === longSearch) return this.#searchHashed((this.#hashed = this.#hash()), pane, key);
      before = id;
      id = this.#next[id]!;
    }
    return id >= 0 && this.#panes[id] === pane ? id : this.#insert(pane, key, before, id);
  }

  #insert(pane: number, key: number, before: number, after: number): number {
    const id = this.#add(pane, key);
    this.#next[id] = after;
    if (before < 0) this.#first[key] = id;
    else this.#next[before] = id;
    return id;
  }

  #searchHashed(hashed: PairIndex, pane: number, key: number): number {
    this.#first = grown(this.#first, key + 1, -1);
    const id = hashed.idOf(pane, key);
    if (id === this.#size) this.#add(pane, key);
    return (this.#first[key] = id);
  }

  #add(pane: number, key: number): number {
    const id = this.#size++;
    if (id === this.#panes.length) {
      this.#panes = grown(this.#panes, id + 1);
      this.#keys = grown(this.#keys, id + 1);
      this.#next = grown(this.#next, id + 1);
    }
    this.#panes[id] = pane;
    this.#keys[id] = key;
    return id;
  }

  #hash(): PairIndex {
    const pairs = new PairIndex();
    for (let id = 0; id < this.#size; id++) pairs.idOf(this.#panes[id]!, this.#keys[id]!);
    return pairs;
  }
}
