import type { TextLane } from "../../formats/columns/texts.ts";
import { detachText } from "../../formats/columns/detach-text.ts";
import type { KeyIndex } from "./key-index.ts";

const smallest = 64;

/**
 * Texts by their UTF-8 bytes, which are kept one after the other in an arena: a text that stands in a chunk is found without
 * making a string of it. Strings of known values are made once and kept.
 */
export class TextKeyIndex implements KeyIndex {
  #arena: Buffer = Buffer.allocUnsafe(4096);
  #arenaEnd = 0;
  /** Where value `id` begins in the arena; it ends where the next one begins. */
  #starts: Int32Array = new Int32Array(smallest + 1);
  #hashes: Int32Array = new Int32Array(smallest);
  #table: Int32Array = new Int32Array(smallest * 2).fill(-1);
  #mask = smallest * 2 - 1;
  #size = 0;
  #nullId = -1;
  readonly #texts: (string | undefined)[] = [];
  #scratch: Buffer = Buffer.allocUnsafe(256);

  get size(): number {
    return this.#size;
  }

  id(value: unknown): number {
    if (typeof value !== "string") return this.#nullId === -1 ? (this.#nullId = this.#addNull()) : this.#nullId;
    if (value.length * 3 > this.#scratch.length) this.#scratch = Buffer.allocUnsafe(value.length * 6);
    const length = writeUtf8(value, this.#scratch);
    return this.#find(this.#scratch, 0, length, hashBytes(this.#scratch, 0, length));
  }

  /** The number of the text at a row of a reader's lane. */
  idAt(lane: TextLane, row: number): number {
    const start = lane.starts[row]!;
    if (start < 0) return this.id(start === -2 ? null : lane.decoded[row]);
    const { bytes } = lane.chunk;
    const end = lane.ends[row]!;
    return this.#find(bytes, start, end, hashBytes(bytes, start, end));
  }

  value(id: number): unknown {
    if (id === this.#nullId) return null;
    let text = this.#texts[id];
    if (text === undefined) this.#texts[id] = text = detachText(this.#arena.toString("utf8", this.#starts[id], this.#starts[id + 1]));
    return text;
  }

  clear(): void {
    this.#arenaEnd = 0;
    this.#table = new Int32Array(smallest * 2).fill(-1);
    this.#mask = smallest * 2 - 1;
    this.#size = 0;
    this.#nullId = -1;
    this.#texts.length = 0;
  }

  #find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const table = this.#table;
    const mask = this.#mask;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const id = table[at]!;
      if (id === -1) return this.#add(bytes, start, end, hash, at);
      if (this.#hashes[id] === hash && this.#equals(id, bytes, start, end)) return id;
    }
  }

  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (id === this.#nullId) return false;
    const arena = this.#arena;
    let at = this.#starts[id]!;
    if (this.#starts[id + 1]! - at !== end - start) return false;
    for (let n = start; n < end; n++) if (arena[at++] !== bytes[n]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number, at: number): number {
    const length = end - start;
    if (this.#arenaEnd + length > this.#arena.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#arena.length * 2, this.#arenaEnd + length));
      this.#arena.copy(larger, 0, 0, this.#arenaEnd);
      this.#arena = larger;
    }
    this.#arena.set(bytes.subarray(start, end), this.#arenaEnd);
    const id = this.#newId(hash, length);
    if (this.#size * 2 > this.#mask) this.#grow();
    else this.#table[at] = id;
    return id;
  }

  #addNull(): number {
    return this.#newId(0, 0);
  }

  #newId(hash: number, length: number): number {
    const id = this.#size++;
    if (id >= this.#hashes.length) {
      const hashes = new Int32Array(this.#hashes.length * 2);
      hashes.set(this.#hashes);
      this.#hashes = hashes;
      const starts = new Int32Array(hashes.length + 1);
      starts.set(this.#starts);
      this.#starts = starts;
    }
    this.#hashes[id] = hash;
    this.#starts[id] = this.#arenaEnd;
    this.#arenaEnd += length;
    this.#starts[id + 1] = this.#arenaEnd;
    return id;
  }

  #grow(): void {
    this.#mask = (this.#mask + 1) * 4 - 1;
    this.#table = new Int32Array(this.#mask + 1).fill(-1);
    for (let id = 0; id < this.#size; id++) {
      if (id === this.#nullId) continue;
      let at = this.#hashes[id]! & this.#mask;
      while (this.#table[at] !== -1) at = (at + 1) & this.#mask;
      this.#table[at] = id;
    }
  }
}

/** Short ASCII texts byte by byte, others by the platform's encoder; the number of bytes. */
function writeUtf8(text: string, into: Buffer): number {
  const length = text.length;
  if (length > 24) return into.write(text, 0, "utf8");
  for (let n = 0; n < length; n++) {
    const char = text.charCodeAt(n);
    if (char > 127) return into.write(text, 0, "utf8");
    into[n] = char;
  }
  return length;
}

/** FNV-1a with a final mix; within a process only, never stored. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let n = start; n < end; n++) hash = Math.imul(hash ^ bytes[n]!, 0x01000193);
  return hash ^ (hash >>> 15);
}
