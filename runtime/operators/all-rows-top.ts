import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import type { Weight } from "../changelog/change.ts";
import type { StateCodec } from "./stateful.ts";
import { CountedRows } from "./counted-rows.ts";
import { EventTimeBounds } from "./event-time-bounds.ts";
import { ExpiryHeap } from "./expiry-heap.ts";
import { keysInOrder } from "./key-order.ts";
import { RowCounts } from "./row-counts.ts";
import { SortedRows } from "./sorted-rows.ts";
import type { OperatorBatch } from "./stateful.ts";
import { StreamJoinKeys } from "./stream-join-keys.ts";
import { timeOfKey } from "./time-of-key.ts";
import type { Columns, TopSpec } from "./top.ts";
import { TopBatch } from "./top-batch.ts";
import type { TopRanks } from "./top-ranks.ts";
import { TouchedSlots } from "./touched-slots.ts";

/**
 * A `top` over rows that may be taken back: all of them are kept, because the next one moves up. Rows that are equal in everything are one that is there several
 * times. A change costs the logarithm of how many rows its key has; what is read of a key, and written of it, does not grow with them.
 */
export class AllRowsTop<Row extends object, By> extends TopBatch<Row, By> {
  readonly keys: StreamJoinKeys;
  readonly rows = new CountedRows<Row>();
  readonly bounds = new EventTimeBounds();
  readonly counts = new RowCounts();
  readonly isClosing: boolean;
  readonly #codec: StateCodec;
  readonly #keyTypes: readonly TypeDescriptor[];
  /** The place in the key of the time that closes it; −1 where none does. */
  readonly #timeColumn: number;
  /** By key; undefined where a key has no row. */
  readonly #sorted: (SortedRows | undefined)[] = [];
  readonly #expiry = new ExpiryHeap();
  /** Keys of the batch. Each is held until the batch has ended, so that no other takes its number over. */
  readonly #reached = new TouchedSlots();

  constructor(spec: TopSpec<Columns, By>, ranks: TopRanks<Row>, codec: StateCodec, seed: number) {
    super(ranks);
    const { per, closing } = spec;
    this.#keyTypes = Object.values<TypeDescriptor>(per);
    this.keys = new StreamJoinKeys(this.#keyTypes, [], codec.writer(), seed);
    this.isClosing = closing !== undefined;
    this.#codec = codec;
    this.#timeColumn = closing === undefined ? -1 : Object.keys(per).indexOf(closing.key);
  }

  isLate(time: number | null): boolean {
    if (!this.isClosing || time === null || time > this.bounds.late) return false;
    this.counts.late++;
    return true;
  }

  /** Any may: what is before it now may be taken back. */
  admits(): boolean {
    return true;
  }

  add(key: readonly unknown[], row: Row): void {
    const id = this.#reach(key);
    this.counts.updated++;
    const sorted = (this.#sorted[id] ??= this.#open(id));
    const number = sorted.find(row, this.rows.rows, this.ranks.compare);
    if (number >= 0) {
      this.rows.setCount(number, this.rows.countOf(number) + 1);
      return;
    }
    sorted.insert(this.rows.begin(id, row));
    this.keys.hold(id);
  }

  change(weight: Weight, key: readonly unknown[], row: Row): void {
    if (weight === 1) this.add(key, row);
    else this.#takeBack(this.#reach(key), row);
  }

  /** Takes up what a checkpoint holds of a row; `key` as its bytes. */
  restore(key: Uint8Array, row: Row, count: number): void {
    const id = this.keys.idOfBytes(key);
    const sorted = (this.#sorted[id] ??= this.#open(id));
    sorted.find(row, this.rows.rows, this.ranks.compare);
    sorted.insert(this.rows.restore(id, row, count));
    this.keys.hold(id);
  }

  beginBatch(batch: OperatorBatch): void {
    this.bounds.begin(batch);
    this.begin(batch.isRebuilding);
    for (const id of this.#reached.take()) this.keys.release(id);
  }

  /** Gives up the rows of the keys that the batch closed. */
  evict(): void {
    const expiry = this.#expiry;
    for (let time = expiry.firstTime; time !== undefined && time <= this.bounds.evict; time = expiry.firstTime) {
      const id = expiry.first;
      const numbers = [...(this.#sorted[id] ?? [])];
      this.#close(id);
      for (const number of numbers) if (this.rows.setCount(number, 0)) this.keys.release(id);
      this.counts.removed += numbers.length;
    }
  }

  clear(): void {
    this.rows.clear();
    this.keys.clear();
    this.counts.clear();
    this.#sorted.length = 0;
    this.#expiry.clear();
    this.#reached.clear();
    this.begin(false);
  }

  protected firstOf(id: number): readonly Row[] {
    const { count, ties, compareBy } = this.ranks;
    const first: Row[] = [];
    for (const number of this.#sorted[id] ?? []) {
      const row = this.rows.row(number);
      if (first.length >= count && !(ties && count > 0 && compareBy(first[count - 1]!, row) === 0)) break;
      for (let left = this.rows.countOf(number); left > 0 && (ties || first.length < count); left--) first.push(row);
    }
    return first;
  }

  protected allKeys(): Int32Array {
    return this.#inOrder(this.#sorted.flatMap((sorted, id) => (sorted === undefined ? [] : [id])));
  }

  protected closedKeys(): Int32Array {
    if (this.isClosing) return this.#inOrder(this.#expiry.upTo(this.bounds.evict));
    return this.bounds.evict === Infinity ? this.allKeys() : new Int32Array(0);
  }

  /** The number of a key that a row of the batch reached. */
  #reach(key: readonly unknown[]): number {
    const id = this.keys.idOf(key);
    if (this.#reached.has(id)) return id;
    this.#reached.add(id);
    this.keys.hold(id);
    this.noteBefore(id, this.firstOf(id));
    return id;
  }

  /** Takes a row back. One that is not there was given up with its key. */
  #takeBack(id: number, row: Row): void {
    const sorted = this.#sorted[id];
    const number = sorted?.find(row, this.rows.rows, this.ranks.compare) ?? -1;
    if (sorted === undefined || number < 0) return;
    this.counts.updated++;
    const count = this.rows.countOf(number) - 1;
    const isFree = this.rows.setCount(number, count);
    if (count > 0) return;
    sorted.remove();
    this.counts.removed++;
    if (isFree) this.keys.release(id);
    if (sorted.size === 0) this.#close(id);
  }

  #open(id: number): SortedRows {
    if (this.#timeColumn >= 0) this.#expiry.set(id, timeOfKey(this.#values(id)[this.#timeColumn]));
    return new SortedRows();
  }

  #close(id: number): void {
    this.#sorted[id] = undefined;
    this.#expiry.remove(id);
  }

  #values(id: number): readonly unknown[] {
    return this.keys.codec.read(this.#codec.reader(this.keys.bytesOf(id)));
  }

  #inOrder(ids: readonly number[]): Int32Array {
    const values = new Map(ids.map((id) => [id, this.#values(id)]));
    return keysInOrder(Int32Array.from(ids), this.#keyTypes.map((type, column) => ({ type, get: (id) => values.get(id)?.[column] ?? null })));
  }
}
