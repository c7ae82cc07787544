import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import type { Weight } from "../changelog/change.ts";
import { descriptorText, valueType } from "../formats/value-type.ts";
import { EventTimeBounds } from "./event-time-bounds.ts";
import { ExpiryHeap } from "./expiry-heap.ts";
import { KeptKeys } from "./kept-keys.ts";
import type { LatestRows, LatestRowsSpec } from "./latest-rows.ts";
import { rowForm, type RowForm } from "./row-form.ts";
import { RowCounts, type TakenCounts } from "./row-counts.ts";
import { rowOrder, type SortKey } from "./row-order.ts";
import type { KeptOperator, OperatorBatch, StateChange, StateCodec, StateDescriptor } from "./stateful.ts";
import { timeOfKey } from "./time-of-key.ts";
import type { Columns, RowOf } from "./top.ts";

/** Keys whose row stands for those of all. */
const memorySamples = 16;

/** Bytes that a row takes beside its content: the array that is given for it, and its place in the heap. */
const rowOverhead = 60;

const noRows: readonly never[] = [];

/** Makes a table of the newest rows that is kept in the checkpoint. `seed` starts its hashes: any number, best a random one, and never stored. */
export function createLatestRows<const C extends Columns>(
  operatorId: string, spec: LatestRowsSpec<C>, codec: StateCodec, seed: number = 0x2545f491,
): { readonly latest: LatestRows<RowOf<C>>; readonly state: KeptOperator } {
  const table = new LatestRowsTable<RowOf<C>>(operatorId, spec, codec, seed);
  return { latest: table, state: table };
}

/** One entry a key, with its row. */
class LatestRowsTable<Row extends object> implements LatestRows<Row>, KeptOperator {
  readonly descriptor: StateDescriptor;
  readonly dueAt = undefined;
  readonly #codec: StateCodec;
  readonly #keys: KeptKeys;
  /** The place in the key of the time at which its row is given up; −1 where none is. */
  readonly #timeColumn: number;
  readonly #form: RowForm<Row>;
  readonly #compare: SortKey<Row>;
  readonly #counts = new RowCounts();
  readonly #bounds = new EventTimeBounds();
  readonly #expiry = new ExpiryHeap();
  /** By key: the row, as it is given. */
  readonly #rows: (readonly [Row] | undefined)[] = [];

  constructor(operatorId: string, { key, columns, closing }: LatestRowsSpec<Columns>, codec: StateCodec, seed: number) {
    this.#codec = codec;
    this.#keys = new KeptKeys(Object.values<TypeDescriptor>(key), "one zero", codec.writer(), seed);
    this.#timeColumn = closing === undefined ? -1 : Object.keys(key).indexOf(closing.key);
    this.#form = rowForm<Row>(columns);
    this.#compare = rowOrder<Row>(columns);
    this.descriptor = { operatorId, key: this.#keys.codec.columns, value: ["latest row", ...Object.values(columns).map((type) => descriptorText(valueType(type)))] };
  }

  change(weight: Weight, key: readonly unknown[], row: Row): void {
    if (key.includes(null)) return;
    if (weight === 1) this.#set(this.#keys.idOf(key), key, row);
    else this.#forget(this.#keys.find(key), row);
  }

  find(key: readonly unknown[]): readonly Row[] {
    if (this.#keys.size === 0 || key.includes(null)) return noRows;
    const id = this.#keys.find(key);
    return id < 0 ? noRows : (this.#rows[id] ?? noRows);
  }

  has(key: readonly unknown[]): boolean {
    return this.find(key).length > 0;
  }

  get rows(): number {
    return this.#keys.size;
  }

  get memoryBytes(): number {
    let [bytes, samples] = [0, 0];
    const value = this.#value();
    for (const id of this.#keys.ids()) {
      bytes += value(id).length + rowOverhead;
      if (++samples === memorySamples) break;
    }
    return samples === 0 ? 0 : Math.round((bytes / samples) * this.#keys.size) + this.#keys.memoryBytes;
  }

  beginBatch(batch: OperatorBatch): void {
    this.#bounds.begin(batch);
  }

  evict(): void {
    const expiry = this.#expiry;
    for (let time = expiry.firstTime; time !== undefined && time <= this.#bounds.evict; time = expiry.firstTime) this.#remove(expiry.first);
  }

  wantsNoDataBatch(watermark: number): boolean {
    return this.#timeColumn >= 0 && this.#bounds.isPassedBy(watermark);
  }

  takeCounts(): TakenCounts {
    return this.#counts.take();
  }

  touchAll(): void {
    // No result is made of what changed.
  }

  restore(_partition: number, key: Uint8Array, value: Uint8Array): void {
    const id = this.#keys.restore(key);
    this.#rows[id] = [this.#form.read(this.#codec.reader(value))];
    if (this.#timeColumn >= 0) this.#expiry.set(id, timeOfKey(this.#keys.values(id)[this.#timeColumn]));
  }

  changes(): Iterable<StateChange> {
    return this.#keys.changes(this.#codec, this.#value());
  }

  entries(): Iterable<StateChange> {
    return this.#keys.entries(this.#codec, this.#value());
  }

  keyColumns(key: Uint8Array): readonly unknown[] {
    return this.#keys.codec.read(this.#codec.reader(key));
  }

  clear(): void {
    this.#keys.clear();
    this.#expiry.clear();
    this.#counts.clear();
    this.#rows.length = 0;
  }

  #set(id: number, key: readonly unknown[], row: Row): void {
    this.#rows[id] = [row];
    this.#keys.touch(id);
    this.#counts.updated++;
    if (this.#timeColumn >= 0) this.#expiry.set(id, timeOfKey(key[this.#timeColumn]));
  }

  #forget(id: number, row: Row): void {
    const there = id < 0 ? undefined : this.#rows[id];
    if (there !== undefined && this.#compare(there[0], row) === 0) this.#remove(id);
  }

  #remove(id: number): void {
    this.#expiry.remove(id);
    this.#keys.remove(id);
    this.#rows[id] = undefined;
    this.#counts.removed++;
  }

  #value(): (id: number) => Uint8Array {
    const out = this.#codec.writer();
    return (id) => {
      for (const row of this.#rows[id] ?? noRows) this.#form.write(row, out);
      return out.take();
    };
  }
}
