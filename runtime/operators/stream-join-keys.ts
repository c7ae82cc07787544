import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import type { RowBuffer } from "../state/row-codec.ts";
import { grown } from "./grown.ts";
import { EncodedKeys } from "./encoded-keys.ts";
import { KeyCodec } from "./key-codec.ts";

/** The keys that either side of a join has rows of: one number for both sides, which stays until neither holds it any more. */
export class StreamJoinKeys {
  readonly codec: KeyCodec;
  readonly #row: RowBuffer;
  readonly #keys: EncodedKeys;
  /** Columns of the key that meet nothing where they are null. */
  readonly #strict: readonly number[];
  /** By key: what holds it, blocks of rows or rows, of both sides. */
  #holders = new Int32Array(64);

  constructor(types: readonly TypeDescriptor[], nullSafe: readonly boolean[], row: RowBuffer, seed: number) {
    this.codec = new KeyCodec(types, "one zero");
    this.#row = row;
    this.#keys = new EncodedKeys(seed);
    this.#strict = types.flatMap((_, column) => (nullSafe[column] === true ? [] : [column]));
  }

  get memoryBytes(): number {
    return this.#keys.memoryBytes + this.#keys.size * Int32Array.BYTES_PER_ELEMENT;
  }

  /** Whether no row has a key that equals this one (semantics J9). */
  meetsNone(values: readonly unknown[]): boolean {
    for (const column of this.#strict) if (values[column] === null) return true;
    return false;
  }

  /** The number of a key, given now if it is new. */
  idOf(values: readonly unknown[]): number {
    const row = this.#row;
    row.drop();
    this.codec.write(values, row);
    return this.#idOf(row.bytes, row.length);
  }

  idOfBytes(bytes: Uint8Array): number {
    return this.#idOf(bytes, bytes.length);
  }

  bytesOf(id: number): Uint8Array {
    return this.#keys.bytesOf(id);
  }

  compare(left: number, right: number): number {
    return this.#keys.compare(left, right);
  }

  /** One more holds this key. */
  hold(id: number): void {
    this.#holders[id]!++;
  }

  /** One less does; with the last the key is gone. */
  release(id: number): void {
    if (--this.#holders[id]! === 0) this.#keys.remove(id);
  }

  clear(): void {
    this.#keys.clear();
    this.#holders.fill(0);
  }

  #idOf(bytes: Uint8Array, length: number): number {
    const id = this.#keys.idOf(bytes, length);
    if (id >= this.#holders.length) this.#holders = grown(this.#holders, id + 1);
    return id;
  }
}
