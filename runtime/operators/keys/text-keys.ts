import { grown } from "../grown.ts";
import { TextLane } from "../../formats/columns/texts.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import type { KeyColumn } from "./key-column.ts";
import { packedMemory, textBetween } from "../../state/packed-memory.ts";
import { tableSizeFor } from "./table-size.ts";

const encoder = new TextEncoder();

/**
 * Keys that are strings. Their bytes lie one after the other in memory of the table's own, so that no key holds on to the chunk
 * that it came from; a hash table with open addressing finds them by their bytes, wherever these are.
 */
export class TextKeys implements KeyColumn {
  /** What a hash starts from, so that keys cannot be chosen to collide. */
  readonly #seed: number;
  #size = 0;
  /** The number of null; −1 before there is one. */
  #nullId = -1;
  #memory = packedMemory(1024);
  #used = 0;
  /** By id: where the bytes start, and the hash. The bytes end where the next id's start. */
  #starts = new Int32Array(17);
  #hashes = new Int32Array(16);
  /** Ids plus one; 0 where a place is free. */
  #table = new Int32Array(32);
  #mask = 31;
  #scratch: Uint8Array = new Uint8Array(256);
  #scratchView: DataView = new DataView(this.#scratch.buffer);

  constructor(seed: number) {
    this.#seed = seed | 0;
  }

  get size(): number {
    return this.#size;
  }

  idOf(value: unknown): number {
    if (value instanceof TextLane) return this.idOfLane(value, value.keyRow);
    if (value === null) return this.#idOfNull();
    const length = this.#encode(String(value));
    return this.#idOfBytes(this.#scratch, this.#scratchView, 0, length);
  }

  /** The number of a column's value at a row: its bytes are looked up where they are, no string is made. */
  idOfLane(lane: TextLane, row: number): number {
    const start = lane.starts[row]!;
    if (start >= 0) return this.#idOfBytes(lane.chunk.bytes, lane.chunk.view, start, lane.ends[row]! - start);
    return start === -1 ? this.idOf(lane.decoded[row]!) : this.#idOfNull();
  }

  find(value: unknown): number {
    if (value === null) return this.#nullId;
    const length = this.#encode(String(value));
    const hash = this.#hash(this.#scratchView, 0, length);
    const at = this.#placeOf(hash, this.#scratchView, 0, length);
    return this.#table[at]! - 1;
  }

  get(id: number): string | null {
    return id === this.#nullId ? null : textBetween(this.#memory, this.#starts[id]!, this.#starts[id + 1]!);
  }

  clear(): void {
    this.#size = 0;
    this.#used = 0;
    this.#nullId = -1;
    this.#table.fill(0);
  }

  keep(ids: Int32Array): void {
    const nullId = this.#nullId;
    this.#nullId = -1;
    this.#used = 0;
    ids.forEach((id, at) => {
      const [start, end] = [this.#starts[id]!, this.#starts[id + 1]!];
      this.#memory.bytes.copyWithin(this.#used, start, end);
      this.#used += end - start;
      this.#starts[at + 1] = this.#used;
      this.#hashes[at] = this.#hashes[id]!;
      if (id === nullId) this.#nullId = at;
    });
    this.#size = ids.length;
    this.#rehash();
  }

  write(id: number, out: RowWriter): void {
    const text = this.get(id);
    if (text === null) out.writeNull();
    else out.writeText(text);
  }

  read(row: RowReader): number {
    return row.readNull() ? this.#idOfNull() : this.idOf(row.readText());
  }

  #idOfNull(): number {
    if (this.#nullId < 0) this.#nullId = this.#newId(0);
    return this.#nullId;
  }

  /** Puts a text into the scratch memory as UTF-8 and gives its length. */
  #encode(text: string): number {
    const most = text.length * 3 + 8;
    if (this.#scratch.length < most) {
      this.#scratch = new Uint8Array(most * 2);
      this.#scratchView = new DataView(this.#scratch.buffer);
    }
    const scratch = this.#scratch;
    if (text.length <= 48) {
      let at = 0;
      for (; at < text.length; at++) {
        const char = text.charCodeAt(at);
        if (char > 127) break;
        scratch[at] = char;
      }
      if (at === text.length) return at;
    }
    return encoder.encodeInto(text, scratch).written;
  }

  #idOfBytes(bytes: Uint8Array, view: DataView, start: number, length: number): number {
    const hash = this.#hash(view, start, length);
    const at = this.#placeOf(hash, view, start, length);
    const known = this.#table[at]! - 1;
    return known >= 0 ? known : this.#insert(bytes, start, length, hash, at);
  }

  /** The place in the hash table of these bytes, or the free one where they belong. */
  #placeOf(hash: number, view: DataView, start: number, length: number): number {
    const table = this.#table;
    let at = hash & this.#mask;
    for (let entry = table[at]!; entry !== 0; entry = table[at]!) {
      if (this.#hashes[entry - 1] === hash && this.#isAt(entry - 1, view, start, length)) return at;
      at = (at + 1) & this.#mask;
    }
    return at;
  }

  #isAt(id: number, view: DataView, start: number, length: number): boolean {
    const own = this.#starts[id]!;
    const mine = this.#memory.view;
    if (this.#starts[id + 1]! - own !== length) return false;
    let at = 0;
    for (; at + 4 <= length; at += 4) if (mine.getInt32(own + at, true) !== view.getInt32(start + at, true)) return false;
    for (; at < length; at++) if (mine.getUint8(own + at) !== view.getUint8(start + at)) return false;
    return true;
  }

  #hash(view: DataView, start: number, length: number): number {
    let hash = this.#seed ^ length;
    let at = start;
    const end = start + length;
    for (; at + 4 <= end; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }

  #insert(bytes: Uint8Array, start: number, length: number, hash: number, at: number): number {
    if (this.#used + length > this.#memory.bytes.length) this.#growBytes(this.#used + length);
    this.#memory.bytes.set(bytes.subarray(start, start + length), this.#used);
    this.#used += length;
    const id = this.#newId(hash);
    this.#table[at] = id + 1;
    if (this.#size * 2 > this.#table.length) this.#rehash();
    return id;
  }

  #newId(hash: number): number {
    const id = this.#size++;
    if (id === this.#hashes.length) {
      this.#hashes = grown(this.#hashes, id + 1);
      this.#starts = grown(this.#starts, this.#hashes.length + 1);
    }
    this.#hashes[id] = hash;
    this.#starts[id + 1] = this.#used;
    return id;
  }

  #growBytes(needed: number): void {
    let capacity = this.#memory.bytes.length * 2;
    while (capacity < needed) capacity *= 2;
    const memory = packedMemory(capacity);
    memory.bytes.set(this.#memory.bytes.subarray(0, this.#used));
    this.#memory = memory;
  }

  #rehash(): void {
    this.#table = new Int32Array(tableSizeFor(this.#size));
    this.#mask = this.#table.length - 1;
    for (let id = 0; id < this.#size; id++) {
      if (id === this.#nullId) continue;
      let at = this.#hashes[id]! & this.#mask;
      while (this.#table[at] !== 0) at = (at + 1) & this.#mask;
      this.#table[at] = id + 1;
    }
  }
}
