import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import type { RowBuffer } from "../state/row-codec.ts";
import { RowDecoder } from "../state/row-decoder.ts";
import { EncodedKeys } from "./encoded-keys.ts";
import { grown } from "./grown.ts";
import type { ZeroRule } from "./canonical-form.ts";
import { KeyCodec } from "./key-codec.ts";
import type { StateChange, StateCodec } from "./stateful.ts";
import { TouchedSlots } from "./touched-slots.ts";

/**
 * The keys of an operator that has one entry of state for each: their numbers, which of them changed, and which are gone since the last
 * delta. A key's bytes are those of its entry.
 */
export class KeptKeys {
  readonly codec: KeyCodec;
  readonly #row: RowBuffer;
  readonly #keys: EncodedKeys;
  readonly #changed = new TouchedSlots();
  /** By number: 1 where the stored state has an entry. */
  #stored = new Uint8Array(64);
  /** Keys without an entry any more, which the stored state has yet. */
  readonly #gone: EncodedKeys;

  constructor(types: readonly TypeDescriptor[], zeros: ZeroRule, row: RowBuffer, seed: number) {
    this.codec = new KeyCodec(types, zeros);
    this.#row = row;
    this.#keys = new EncodedKeys(seed);
    this.#gone = new EncodedKeys(seed);
  }

  get size(): number {
    return this.#keys.size;
  }

  get memoryBytes(): number {
    return this.#keys.memoryBytes;
  }

  /** The number of a key, given now if it is new: then `size` is one more than before. */
  idOf(values: readonly unknown[]): number {
    const row = this.#row;
    row.drop();
    this.codec.write(values, row);
    return this.#idOf(row.bytes, row.length);
  }

  /** The number of a key, or −1. */
  find(values: readonly unknown[]): number {
    const row = this.#row;
    row.drop();
    this.codec.write(values, row);
    return this.#keys.find(row.bytes, row.length);
  }

  /** A key's values. */
  values(id: number): readonly unknown[] {
    return this.codec.read(new RowDecoder(this.#keys.bytesOf(id)));
  }

  compare(left: number, right: number): number {
    return this.#keys.compare(left, right);
  }

  /** Notes that a key's entry changed. */
  touch(id: number): void {
    this.#changed.add(id);
  }

  /** Takes a key away with its entry. */
  remove(id: number): void {
    if (this.#stored[id] === 1) {
      const bytes = this.#keys.bytesOf(id);
      this.#gone.idOf(bytes, bytes.length);
    }
    this.#keys.remove(id);
  }

  /** The number of a key that a checkpoint holds. */
  restore(key: Uint8Array): number {
    const id = this.#idOf(key, key.length);
    this.#stored[id] = 1;
    return id;
  }

  *ids(): Iterable<number> {
    for (let id = 0; id < this.#keys.end; id++) if (this.#keys.has(id)) yield id;
  }

  /** What changed since the last delta: entries that are gone, then those that are there, in the order in which they changed first. */
  *changes(codec: StateCodec, valueOf: (id: number) => Uint8Array): Iterable<StateChange> {
    for (let id = 0; id < this.#gone.end; id++) {
      if (!this.#gone.has(id)) continue;
      const key = this.#gone.bytesOf(id);
      yield { partition: codec.partitionOf(key), key, value: undefined };
    }
    this.#gone.clear();
    for (const id of this.#changed.take()) {
      if (!this.#keys.has(id)) continue;
      this.#stored[id] = 1;
      yield this.#entry(id, codec, valueOf);
    }
  }

  *entries(codec: StateCodec, valueOf: (id: number) => Uint8Array): Iterable<StateChange> {
    for (const id of this.ids()) yield this.#entry(id, codec, valueOf);
  }

  clear(): void {
    this.#keys.clear();
    this.#gone.clear();
    this.#changed.clear();
  }

  #entry(id: number, codec: StateCodec, valueOf: (id: number) => Uint8Array): StateChange {
    const key = this.#keys.bytesOf(id);
    return { partition: codec.partitionOf(key), key, value: valueOf(id) };
  }

  #idOf(bytes: Uint8Array, length: number): number {
    const before = this.#keys.size;
    const id = this.#keys.idOf(bytes, length);
    if (this.#keys.size !== before) this.#begin(id, bytes, length);
    return id;
  }

  /** A new key; one that was taken away since the last delta has its entry in the stored state yet. */
  #begin(id: number, bytes: Uint8Array, length: number): void {
    if (id >= this.#stored.length) this.#stored = grown(this.#stored, id + 1);
    const gone = this.#gone.size === 0 ? -1 : this.#gone.find(bytes, length);
    this.#stored[id] = gone < 0 ? 0 : 1;
    if (gone >= 0) this.#gone.remove(gone);
  }
}
