import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { descriptorText, valueType } from "../formats/value-type.ts";
import type { ChangingJoinRows } from "./changing-join-rows.ts";
import type { ChangingJoinTable } from "./changing-join-table.ts";
import type { TakenCounts } from "./row-counts.ts";
import type { KeptOperator, OperatorBatch, StateChange, StateCodec, StateDescriptor } from "./stateful.ts";
import { watermarkAbove } from "./join-watermark.ts";
import type { StreamJoinSpec } from "./stream-join.ts";

/**
 * A changing join as the checkpoint sees it: one entry for each different row, by side, key, whether it meets others, and content → its place
 * among those of its key, how often it is there, and how many rows it has met where that is counted.
 */
export class KeptChangingJoin<Left, Right> implements KeptOperator {
  readonly descriptor: StateDescriptor;
  readonly dueAt = undefined;
  readonly #spec: StreamJoinSpec<Left, Right>;
  readonly #table: ChangingJoinTable<Left, Right>;
  readonly #codec: StateCodec;

  constructor(operatorId: string, spec: StreamJoinSpec<Left, Right>, table: ChangingJoinTable<Left, Right>, codec: StateCodec) {
    this.descriptor = {
      operatorId,
      key: ["boolean: right side", ...table.keys.codec.columns, "boolean: meets others", ...columnTexts("left", spec.left.columns), ...columnTexts("right", spec.right.columns)],
      value: [`places, counts and matches of changing ${spec.kind} join`],
    };
    this.#spec = spec;
    this.#table = table;
    this.#codec = codec;
  }

  get rows(): number {
    return this.#table.left.size + this.#table.right.size;
  }

  get memoryBytes(): number {
    const { left, right, keys } = this.#table;
    return keys.memoryBytes + left.memoryBytes + right.memoryBytes;
  }

  get keepsTable(): boolean {
    return this.#table.keepsTable;
  }

  beginBatch(batch: OperatorBatch): void {
    this.#table.begin(batch);
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
    // What is shown again is made of all rows, not of those that changed.
  }

  restore(_partition: number, key: Uint8Array, value: Uint8Array): void {
    const { left, right } = this.#table;
    if (this.#codec.reader(key).readBoolean()) this.#restore(right, key, value);
    else this.#restore(left, key, value);
  }

  *changes(): Iterable<StateChange> {
    const { left, right } = this.#table;
    yield* left.entries.changes(this.#codec, this.#valueOf(left));
    yield* right.entries.changes(this.#codec, this.#valueOf(right));
  }

  *entries(): Iterable<StateChange> {
    const { left, right } = this.#table;
    yield* left.entries.entries(this.#codec, this.#valueOf(left));
    yield* right.entries.entries(this.#codec, this.#valueOf(right));
  }

  keyColumns(key: Uint8Array): readonly unknown[] {
    const row = this.#codec.reader(key);
    row.readBoolean();
    return this.#table.keys.codec.read(row);
  }

  clear(): void {
    this.#table.clear();
  }

  #restore<Row>(rows: ChangingJoinRows<Row>, key: Uint8Array, value: Uint8Array): void {
    const row = this.#codec.reader(value);
    const [order, count] = [row.readNumber(), row.readNumber()];
    rows.restore(key, { order, count, matches: rows.showsAlone === "never" ? 0 : row.readNumber() });
  }

  #valueOf<Row>(rows: ChangingJoinRows<Row>): (at: number) => Uint8Array {
    const out = this.#codec.writer();
    return (at) => {
      out.writeNumber(rows.orderOf(at));
      out.writeNumber(rows.countOf(at));
      if (rows.showsAlone !== "never") out.writeNumber(rows.matchesOf(at));
      return out.take();
    };
  }
}

function columnTexts(side: "left" | "right", columns: Readonly<Record<string, TypeDescriptor>>): readonly string[] {
  return Object.values(columns).map((type) => `${side} ${descriptorText(valueType(type))}`);
}
