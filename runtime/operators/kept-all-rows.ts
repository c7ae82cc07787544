import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import type { RowBuffer } from "../state/row-codec.ts";
import type { AllRowsTop } from "./all-rows-top.ts";
import type { KeyCodec } from "./key-codec.ts";
import type { TakenCounts } from "./row-counts.ts";
import type { KeptOperator, OperatorBatch, StateChange, StateCodec, StateDescriptor } from "./stateful.ts";

/** Rows whose size stands for that of all. */
const memorySamples = 16;

/** Bytes that a row takes beside its content: its places in the tables. */
const rowOverhead = 60;

/** A `top` that keeps all rows as the checkpoint sees it: one entry a row, key and content → how often it is there. So a delta has what changed, however many rows a key has. */
export class KeptAllRows<Row extends object, By> implements KeptOperator {
  readonly descriptor: StateDescriptor;
  readonly dueAt = undefined;
  readonly #top: AllRowsTop<Row, By>;
  readonly #names: readonly string[];
  readonly #content: KeyCodec;
  readonly #codec: StateCodec;
  readonly #keyRow: RowBuffer;
  readonly #wantsBatches: boolean;

  constructor(operatorId: string, top: AllRowsTop<Row, By>, columns: Readonly<Record<string, TypeDescriptor>>, content: KeyCodec, codec: StateCodec, underWatermark: boolean) {
    this.descriptor = { operatorId, key: [...top.keys.codec.columns, ...content.columns.map((type) => `row ${type}`)], value: ["rows of top: count"] };
    this.#top = top;
    this.#names = Object.keys(columns);
    this.#content = content;
    this.#codec = codec;
    this.#keyRow = codec.writer();
    this.#wantsBatches = underWatermark || top.isClosing;
  }

  get rows(): number {
    return this.#top.rows.size;
  }

  get memoryBytes(): number {
    let [bytes, samples] = [0, 0];
    for (const number of this.#top.rows.numbers()) {
      bytes += this.#key(number).length;
      if (++samples === memorySamples) break;
    }
    return samples === 0 ? 0 : Math.round((bytes / samples + rowOverhead) * this.#top.rows.size) + this.#top.keys.memoryBytes;
  }

  beginBatch(batch: OperatorBatch): void {
    this.#top.beginBatch(batch);
  }

  evict(): void {
    this.#top.evict();
  }

  wantsNoDataBatch(watermark: number): boolean {
    return this.#wantsBatches && this.#top.bounds.isPassedBy(watermark);
  }

  takeCounts(): TakenCounts {
    return this.#top.counts.take();
  }

  touchAll(): void {
    // Rows are shown again whichever keys changed.
  }

  restore(_partition: number, key: Uint8Array, value: Uint8Array): void {
    const row = this.#codec.reader(key);
    const keyBytes = row.readBytes();
    const values = this.#content.read(row);
    // The spec's descriptors say what the columns hold: what was written is read.
    const content: unknown = Object.fromEntries(this.#names.map((name, column) => [name, values[column]]));
    this.#top.restore(keyBytes, content as Row, this.#codec.reader(value).readNumber());
  }

  /** Rows that are gone, then those that are there: a row that came again is not taken away by the number it had before. */
  *changes(): Iterable<StateChange> {
    const { rows, keys } = this.#top;
    const touched = rows.touched.take().filter((number) => rows.rows[number] !== undefined);
    const gone = new Set(touched.filter((number) => rows.countOf(number) === 0));
    for (const number of gone) {
      yield this.#change(number, undefined);
      const key = rows.keyOf(number);
      if (rows.setStored(number)) keys.release(key);
    }
    for (const number of touched) {
      if (gone.has(number)) continue;
      yield this.#change(number, this.#value(number));
      rows.setStored(number);
    }
  }

  *entries(): Iterable<StateChange> {
    for (const number of this.#top.rows.numbers()) yield this.#change(number, this.#value(number));
  }

  keyColumns(key: Uint8Array): readonly unknown[] {
    return this.#top.keys.codec.read(this.#codec.reader(this.#codec.reader(key).readBytes()));
  }

  clear(): void {
    this.#top.clear();
  }

  #change(number: number, value: Uint8Array | undefined): StateChange {
    const key = this.#key(number);
    return { partition: this.#codec.partitionOf(key), key, value };
  }

  #key(number: number): Uint8Array {
    const { rows, keys } = this.#top;
    const row = rows.row(number);
    const out = this.#keyRow;
    out.writeBytes(keys.bytesOf(rows.keyOf(number)));
    this.#content.write(this.#names.map((name): unknown => Reflect.get(row, name)), out);
    return out.take();
  }

  #value(number: number): Uint8Array {
    const out = this.#codec.writer();
    out.writeNumber(this.#top.rows.countOf(number));
    return out.take();
  }
}
