import { grown } from "./grown.ts";

/** Bytes that an entry takes beside those of its key. */
const entryOverhead = 24;

/**
 * Distinct keys as bytes, each with a number. A number stays as it is until its key is removed; the next new key then takes it over, so numbers
 * stay below the most keys that there were at a time. Bytes of removed keys are given back when room is made for new ones.
 */
export class EncodedKeys {
  /** What a hash starts from, so that keys cannot be chosen to collide. */
  readonly #seed: number;
  #size = 0;
  /** Numbers handed out so far lie below. */
  #end = 0;
  /** A removed key's number, plus one, whose `#starts` has the next; 0 where there is none. */
  #free = 0;
  /** By number: where the bytes lie. The length is −1 where the number is free. */
  #starts = new Uint32Array(16);
  #lengths = new Int32Array(16);
  #hashes = new Int32Array(16);
  #bytes: Uint8Array = new Uint8Array(1024);
  #used = 0;
  /** Of the bytes used, those of keys that are there. */
  #live = 0;
  /** Numbers plus one; 0 where a place is free. */
  #table = new Int32Array(32);
  #mask = 31;

  constructor(seed: number) {
    this.#seed = seed | 0;
  }

  get size(): number {
    return this.#size;
  }

  /** Above every number in use. */
  get end(): number {
    return this.#end;
  }

  get memoryBytes(): number {
    return this.#live + this.#size * entryOverhead;
  }

  has(id: number): boolean {
    return id < this.#end && this.#lengths[id]! >= 0;
  }

  /** The number of the key in the first `length` bytes, given now if it is new. */
  idOf(bytes: Uint8Array, length: number): number {
    const hash = this.#hash(bytes, length);
    const at = this.#placeOf(hash, bytes, length);
    const known = this.#table[at]! - 1;
    return known >= 0 ? known : this.#insert(bytes, length, hash, at);
  }

  /** The number of a key, or −1. */
  find(bytes: Uint8Array, length: number): number {
    return this.#table[this.#placeOf(this.#hash(bytes, length), bytes, length)]! - 1;
  }

  /** A copy of a key's bytes. */
  bytesOf(id: number): Uint8Array {
    const start = this.#starts[id]!;
    return this.#bytes.slice(start, start + this.#lengths[id]!);
  }

  /** The order of two keys' bytes: negative, 0 or positive. */
  compare(left: number, right: number): number {
    const leftStart = this.#starts[left]!;
    const leftLength = this.#lengths[left]!;
    const rightStart = this.#starts[right]!;
    const rightLength = this.#lengths[right]!;
    const common = Math.min(leftLength, rightLength);
    for (let at = 0; at < common; at++) {
      const order = this.#bytes[leftStart + at]! - this.#bytes[rightStart + at]!;
      if (order !== 0) return order;
    }
    return leftLength - rightLength;
  }

  /** Takes a key away and frees its number. */
  remove(id: number): void {
    const table = this.#table;
    const mask = this.#mask;
    let hole = this.#hashes[id]! & mask;
    while (table[hole] !== id + 1) hole = (hole + 1) & mask;
    // Entries behind the hole move into it where a search for them would pass it.
    for (let at = (hole + 1) & mask; table[at] !== 0; at = (at + 1) & mask) {
      const home = this.#hashes[table[at]! - 1]! & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      table[hole] = table[at]!;
      hole = at;
    }
    table[hole] = 0;
    this.#live -= this.#lengths[id]!;
    this.#lengths[id] = -1;
    this.#starts[id] = this.#free;
    this.#free = id + 1;
    this.#size--;
  }

  clear(): void {
    this.#size = 0;
    this.#end = 0;
    this.#free = 0;
    this.#used = 0;
    this.#live = 0;
    this.#table.fill(0);
  }

  #hash(bytes: Uint8Array, length: number): number {
    let hash = this.#seed ^ length;
    let at = 0;
    for (; at + 4 <= length; at += 4) {
      const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (; at < length; at++) hash = Math.imul(hash ^ bytes[at]!, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }

  /** The place in the hash table of these bytes, or the free one where they belong. */
  #placeOf(hash: number, bytes: Uint8Array, length: number): number {
    const table = this.#table;
    let at = hash & this.#mask;
    for (let entry = table[at]!; entry !== 0; entry = table[at]!) {
      if (this.#hashes[entry - 1] === hash && this.#isAt(entry - 1, bytes, length)) return at;
      at = (at + 1) & this.#mask;
    }
    return at;
  }

  #isAt(id: number, bytes: Uint8Array, length: number): boolean {
    if (this.#lengths[id] !== length) return false;
    const own = this.#bytes;
    const start = this.#starts[id]!;
    for (let at = 0; at < length; at++) if (own[start + at] !== bytes[at]) return false;
    return true;
  }

  #insert(bytes: Uint8Array, length: number, hash: number, at: number): number {
    if (this.#used + length > this.#bytes.length) this.#makeRoom(length);
    const id = this.#newId();
    copyKey(bytes, 0, length, this.#bytes, this.#used);
    this.#starts[id] = this.#used;
    this.#lengths[id] = length;
    this.#hashes[id] = hash;
    this.#used += length;
    this.#live += length;
    this.#size++;
    this.#table[at] = id + 1;
    if (this.#size * 2 > this.#table.length) this.#rehash();
    return id;
  }

  #newId(): number {
    if (this.#free !== 0) {
      const id = this.#free - 1;
      this.#free = this.#starts[id]!;
      return id;
    }
    const id = this.#end++;
    if (id === this.#lengths.length) {
      this.#starts = grown(this.#starts, id + 1);
      this.#lengths = grown(this.#lengths, id + 1);
      this.#hashes = grown(this.#hashes, id + 1);
    }
    return id;
  }

  /** Moves the keys that are there into memory that has at least as much room again: larger or smaller than before. */
  #makeRoom(length: number): void {
    const bytes = new Uint8Array(Math.max(1024, 2 * (this.#live + length)));
    let used = 0;
    for (let id = 0; id < this.#end; id++) {
      if (this.#lengths[id]! < 0) continue;
      const start = this.#starts[id]!;
      copyKey(this.#bytes, start, this.#lengths[id]!, bytes, used);
      this.#starts[id] = used;
      used += this.#lengths[id]!;
    }
    this.#bytes = bytes;
    this.#used = used;
  }

  #rehash(): void {
    this.#table = new Int32Array(this.#table.length * 2);
    this.#mask = this.#table.length - 1;
    for (let id = 0; id < this.#end; id++) {
      if (this.#lengths[id]! < 0) continue;
      let at = this.#hashes[id]! & this.#mask;
      while (this.#table[at] !== 0) at = (at + 1) & this.#mask;
      this.#table[at] = id + 1;
    }
  }
}

/** A loop, as keys are short: a view for `set` would cost more. */
function copyKey(from: Uint8Array, start: number, length: number, to: Uint8Array, at: number): void {
  for (let index = 0; index < length; index++) to[at + index] = from[start + index]!;
}
