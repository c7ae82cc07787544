import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { descriptorText, valueType } from "../formats/value-type.ts";
import type { RowBuffer, RowReader, RowWriter } from "../state/row-codec.ts";
import type { TakenCounts } from "./row-counts.ts";
import type { KeptOperator, OperatorBatch, StateChange, StateCodec, StateDescriptor } from "./stateful.ts";
import { watermarkAbove } from "./join-watermark.ts";
import type { StreamJoinSpec } from "./stream-join.ts";
import { joinRowOverhead, type StreamJoinRows } from "./stream-join-rows.ts";
import type { StreamJoinTable } from "./stream-join-table.ts";

/** Blocks whose rows stand for those of all. */
const memorySamples = 16;

/** A join as the checkpoint sees it: one entry a block of rows, by side, number of the block and key → how many rows, and of each whether it met another, and its columns. */
export class KeptStreamJoin<Left, Right> implements KeptOperator {
  readonly descriptor: StateDescriptor;
  readonly dueAt = undefined;
  readonly #table: StreamJoinTable<Left, Right>;
  readonly #codec: StateCodec;
  readonly #keyRow: RowBuffer;
  readonly #spec: StreamJoinSpec<Left, Right>;

  constructor(operatorId: string, spec: StreamJoinSpec<Left, Right>, table: StreamJoinTable<Left, Right>, codec: StateCodec) {
    this.descriptor = {
      operatorId,
      key: ["boolean: right side", "int: block", ...table.keys.codec.columns],
      value: [`rows of ${spec.kind} join`, ...columnTexts("left", spec.left.columns), ...columnTexts("right", spec.right.columns)],
    };
    this.#table = table;
    this.#codec = codec;
    this.#keyRow = codec.writer();
    this.#spec = spec;
  }

  get rows(): number {
    return this.#table.left.size + this.#table.right.size;
  }

  get memoryBytes(): number {
    const { left, right, keys } = this.#table;
    return keys.memoryBytes + bytesOfRows(left, this.#codec) + bytesOfRows(right, this.#codec);
  }

  beginBatch(batch: OperatorBatch): void {
    this.#table.bounds.begin(batch);
    this.#table.drop();
  }

  evict(): void {
    this.#table.evict();
  }

  wantsNoDataBatch(watermark: number): boolean {
    const { left, right, bounds } = this.#table;
    return (left.isBounded || right.isBounded) && bounds.isPassedBy(watermark);
  }

  outputWatermark(input: number): number {
    return watermarkAbove(this.#spec, input);
  }

  takeCounts(): TakenCounts {
    return this.#table.counts.take();
  }

  touchAll(): void {
    // No result is made of what changed.
  }

  restore(_partition: number, key: Uint8Array, value: Uint8Array): void {
    const { left, right } = this.#table;
    const place = this.#codec.reader(key);
    const isRight = place.readBoolean();
    const number = place.readNumber();
    const id = this.#table.keys.idOfBytes(place.readBytes());
    const row = this.#codec.reader(value);
    if (isRight) restoreBlock(right, id, number, row);
    else restoreBlock(left, id, number, row);
  }

  *changes(): Iterable<StateChange> {
    yield* this.#changesOf(this.#table.left, false);
    yield* this.#changesOf(this.#table.right, true);
  }

  *entries(): Iterable<StateChange> {
    yield* this.#entriesOf(this.#table.left, false);
    yield* this.#entriesOf(this.#table.right, true);
  }

  keyColumns(key: Uint8Array): readonly unknown[] {
    const place = this.#codec.reader(key);
    place.readFields(2);
    return this.#table.keys.codec.read(this.#codec.reader(place.readBytes()));
  }

  clear(): void {
    this.#table.clear();
  }

  *#changesOf<Row>(rows: StreamJoinRows<Row>, isRight: boolean): Iterable<StateChange> {
    const { blocks } = rows;
    const value = this.#codec.writer();
    for (const block of blocks.touched.take()) {
      // What came and went since the last delta was never stored.
      if (!blocks.has(block)) continue;
      const key = this.#key(rows, isRight, block);
      const hasRows = blocks.countOf(block) > 0;
      yield { partition: this.#codec.partitionOf(key), key, value: hasRows ? valueOf(rows, block, value).take() : undefined };
      blocks.setStored(block, hasRows);
      if (!hasRows) blocks.remove(block);
    }
  }

  *#entriesOf<Row>(rows: StreamJoinRows<Row>, isRight: boolean): Iterable<StateChange> {
    const value = this.#codec.writer();
    for (const block of blocksWithRows(rows)) {
      const key = this.#key(rows, isRight, block);
      yield { partition: this.#codec.partitionOf(key), key, value: valueOf(rows, block, value).take() };
    }
  }

  #key<Row>({ blocks }: StreamJoinRows<Row>, isRight: boolean, block: number): Uint8Array {
    const row = this.#keyRow;
    row.writeBoolean(isRight);
    row.writeNumber(blocks.numberOf(block));
    row.writeBytes(this.#table.keys.bytesOf(blocks.keyOf(block)));
    return row.take();
  }
}

function restoreBlock<Row>(rows: StreamJoinRows<Row>, key: number, number: number, row: RowReader): void {
  const block = rows.blocks.restore(key, number);
  for (let left = row.readNumber(); left > 0; left--) {
    const isMatched = row.readBoolean();
    rows.read(block, row, isMatched);
  }
}

function valueOf<Row, Out extends RowWriter>(rows: StreamJoinRows<Row>, block: number, out: Out): Out {
  out.writeNumber(rows.blocks.countOf(block));
  for (const at of rows.of(block)) {
    out.writeBoolean(rows.isMatched(at));
    rows.write(at, out);
  }
  return out;
}

function* blocksWithRows<Row>({ blocks }: StreamJoinRows<Row>): Iterable<number> {
  for (let block = 0; block < blocks.end; block++) if (blocks.has(block) && blocks.countOf(block) > 0) yield block;
}

function bytesOfRows<Row>(rows: StreamJoinRows<Row>, codec: StateCodec): number {
  const value = codec.writer();
  let [bytes, sampledRows, samples] = [0, 0, 0];
  for (const block of blocksWithRows(rows)) {
    value.drop();
    bytes += valueOf(rows, block, value).length;
    sampledRows += rows.blocks.countOf(block);
    if (++samples === memorySamples) break;
  }
  return sampledRows === 0 ? 0 : Math.round((bytes / sampledRows + joinRowOverhead) * rows.size);
}

function columnTexts(side: "left" | "right", columns: Readonly<Record<string, TypeDescriptor>>): readonly string[] {
  return Object.values(columns).map((type) => `${side} ${descriptorText(valueType(type))}`);
}
