import { asciiJson } from "../formats/ascii-json.ts";
import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { type ValueType, valueType } from "../formats/value-type.ts";
import { valueOrder } from "../functions/compare-values.ts";
import { LanePacker, type LanesOf, type ReaderLane } from "../state/lane-packer.ts";
import type { RowReader, RowWriter } from "../state/row-codec.ts";
import { RowEncoder } from "../state/row-encoder.ts";
import type { KeptRows } from "./kept-rows.ts";
import { type PackedColumn, PackedRow } from "./packed-row.ts";
import { nextStart, type RowBlock, RowBlocks } from "./row-blocks.ts";
import { rowForm, type RowForm } from "./row-form.ts";
import { viewClasses } from "./view-classes.ts";

type PackedRowClass = new (columns: readonly PackedColumn[], memory: RowBlock, start: number) => PackedRow;

const packedRowClass: (names: readonly string[]) => PackedRowClass = viewClasses(() => class extends PackedRow {}, PackedRow.value);

/** Rows by number, as bytes: what a checkpoint stores of them is these bytes, and an object is made of a row only where somebody asks for it. */
export class PackedRows<Row> implements KeptRows<Row> {
  readonly #names: readonly string[];
  readonly #columns: readonly PackedColumn[];
  readonly #form: RowForm<Row>;
  readonly #class: PackedRowClass;
  readonly #blocks = new RowBlocks();
  readonly #encoder = new RowEncoder();
  #packer = new LanePacker([]);
  /** Where the row that was packed last begins and ends. */
  #open: RowBlock = this.#blocks.withRoom(0);
  #end = 0;

  /** Columns of types that are one field of the codec: no arrays, maps and records. */
  constructor(columns: Readonly<Record<string, TypeDescriptor>>) {
    this.#names = Object.keys(columns);
    this.#columns = Object.entries(columns).map(([name, type], at) => ({ name, place: at, type: valueType(type), order: valueOrder(type), before: `${at === 0 ? "{" : ","}${asciiJson(name)}:` }));
    if (!this.#columns.every(({ type }) => isOneField(type))) throw new TypeError("rows with arrays, maps or records are not packed");
    this.#form = rowForm<Row>(columns);
    this.#class = packedRowClass(this.#names);
  }

  has(at: number): boolean {
    return this.#blocks.has(at);
  }

  row(at: number): Row {
    const blocks = this.#blocks;
    // Its class has an accessor for each of the columns.
    return new this.#class(this.#columns, blocks.blockOf(at), blocks.startOf(at)) as Row;
  }

  put(at: number, row: Row): void {
    this.#encode(row);
    this.keep(at);
  }

  /** Takes up the lanes of a reader's batch, of which rows are packed by their numbers. */
  from(lanes: LanesOf<Row>): void {
    // There is a lane for each of the columns, which are those of a row.
    const byName = lanes as Readonly<Record<string, ReaderLane>>;
    // Mostly those of the batch before.
    if (!this.#names.every((name, column) => this.#packer.isOf(column, byName[name]!))) this.#packer = new LanePacker(this.#names.map((name) => [name, byName[name]!]));
  }

  /** A row of the batch as an object. */
  rowOfLanes(row: number): Row {
    // Its lanes are those of the columns.
    return this.#packer.rowAt(row) as Row;
  }

  /** The order of two rows of the batch by their content. */
  compareOfLanes(left: number, right: number): number {
    return this.#packer.compare(left, right, this.#columns);
  }

  /** Packs a row of the batch, to be looked at (`packed`) or kept (`keep`): until the next is packed or put. */
  pack(row: number): void {
    const packer = this.#packer;
    this.#open = this.#blocks.withRoom(packer.roomFor(row));
    const { bytes, view } = this.#open;
    this.#end = packer.pack(row, bytes, view, nextStart(this.#open));
    if (this.#end < 0) this.#encode(this.rowOfLanes(row));
  }

  /** The row that was packed, to be looked at. */
  get packed(): Row {
    // As in `row`.
    return new this.#class(this.#columns, this.#open, nextStart(this.#open)) as Row;
  }

  /** Keeps the row that was packed, in place of the one that is there. */
  keep(at: number): void {
    this.#blocks.put(at, this.#open, this.#end);
  }

  remove(at: number): void {
    this.#blocks.remove(at);
  }

  move(to: number, from: number): void {
    this.#blocks.move(to, from);
  }

  write(at: number, out: RowWriter): void {
    const blocks = this.#blocks;
    out.writeFields(blocks.blockOf(at).bytes, blocks.startOf(at), blocks.endOf(at));
  }

  read(at: number, from: RowReader): void {
    // Before the fields is that the record is none that is null.
    this.#copy(from.readFields(1 + this.#names.length));
    this.keep(at);
  }

  /** Bytes of the blocks that rows lie in. */
  get memoryBytes(): number {
    return this.#blocks.memoryBytes;
  }

  clear(): void {
    this.#blocks.clear();
    this.#open = this.#blocks.withRoom(0);
  }

  #encode(row: Row): void {
    const encoder = this.#encoder;
    encoder.drop();
    this.#form.write(row, encoder);
    this.#copy(encoder.bytes.subarray(0, encoder.length));
  }

  #copy(bytes: Uint8Array): void {
    this.#open = this.#blocks.withRoom(bytes.length);
    const start = nextStart(this.#open);
    this.#open.bytes.set(bytes, start);
    this.#end = start + bytes.length;
  }
}

function isOneField({ kind }: ValueType): boolean {
  return kind !== "array" && kind !== "map" && kind !== "record";
}
