import type { LanesOf } from "../state/lane-packer.ts";
import type { RowReader, RowWriter } from "../state/row-codec.ts";
import { grown } from "./grown.ts";
import { ExpiryHeap } from "./expiry-heap.ts";
import { type KeptRows, RowObjects } from "./kept-rows.ts";
import { LinkedLists } from "./linked-lists.ts";
import { NumberPool } from "./number-pool.ts";
import { plainRow } from "./row-view.ts";
import { PackedRows } from "./packed-rows.ts";
import { rowForm } from "./row-form.ts";
import { StreamJoinBlocks } from "./stream-join-blocks.ts";
import type { StreamJoinKeys } from "./stream-join-keys.ts";
import type { JoinSide } from "./stream-join.ts";

/** Bytes that a row takes beside itself: its places in its block, in the heap and in the array of rows, and its share of the block. */
export const joinRowOverhead = 75;

/**
 * The rows of one side of a join, by key and within a key in the order in which they came. A row has a number, which the next row takes over
 * when it is gone, so numbers stay below the most rows that there were at a time.
 */
export class StreamJoinRows<Row> {
  readonly blocks: StreamJoinBlocks;
  readonly #keys: StreamJoinKeys;
  readonly #keeps: JoinSide<Row>["keeps"];
  /** Empty where rows are kept until the end of input. */
  readonly #expiry = new ExpiryHeap();
  readonly #numbers = new NumberPool();
  /** By block. */
  readonly #lists = new LinkedLists();
  #size = 0;
  readonly #rows: KeptRows<Row>;
  /** The same where rows are kept as bytes. */
  readonly #packed: PackedRows<Row> | undefined;
  /** Of rows that are kept as bytes those that the batch has met, as objects. */
  readonly #met = new Map<number, Row>();
  #givesViews = false;
  #blockOf = new Int32Array(64);
  /** Upwards within a block. */
  #orders = new Int32Array(64);
  #isMatched = new Uint8Array(64);

  constructor(keys: StreamJoinKeys, { columns, keeps, packed }: JoinSide<Row>) {
    this.#packed = packed === true ? new PackedRows<Row>(columns) : undefined;
    this.#rows = this.#packed ?? new RowObjects<Row>(rowForm<Row>(columns));
    this.blocks = new StreamJoinBlocks(keys);
    this.#keys = keys;
    this.#keeps = keeps;
  }

  get size(): number {
    return this.#size;
  }

  /** Whether a watermark gives rows up. */
  get isBounded(): boolean {
    return this.#keeps !== undefined;
  }

  /** Rows are given up whose time is at or before this, where the watermark is `watermark` (both µs); −∞ where it gives up none. */
  boundAt(watermark: number): number {
    if (this.#keeps === undefined) return watermark === Infinity ? Infinity : -Infinity;
    return watermark + this.#keeps.offset;
  }

  /** A row, to be looked at: it may be a `PackedRow`. */
  row(at: number): Row {
    return this.#rows.row(at);
  }

  /** From now on `given` gives rows that are kept as bytes as they are. */
  giveViews(): void {
    this.#givesViews = true;
  }

  /** A row to be given; as an object it is the same one until the next batch, as many may meet it. */
  given(at: number): Row {
    if (this.#packed === undefined || this.#givesViews) return this.#rows.row(at);
    let row = this.#met.get(at);
    if (row === undefined) this.#met.set(at, (row = plainRow(this.#rows.row(at))));
    return row;
  }

  /** Starts a batch. */
  begin(): void {
    if (this.#met.size > 0) this.#met.clear();
  }

  /** Whether rows are kept as bytes. */
  get isPacked(): boolean {
    return this.#packed !== undefined;
  }

  /** Takes up the lanes of a reader's batch. */
  from(lanes: LanesOf<Row>): void {
    if (this.#packed === undefined) throw new TypeError("a side that keeps its rows as objects takes no lanes");
    this.#packed.from(lanes);
  }

  /** A row of the lanes as an object. */
  rowOfLanes(row: number): Row {
    return this.#packed!.rowOfLanes(row);
  }

  /** `add` of a row of the lanes, which has met none yet. */
  addOfLanes(key: number, row: number): number {
    const block = this.blocks.open(key);
    this.blocks.touched.add(block);
    const at = this.#numbers.take();
    this.#packed!.pack(row);
    this.#packed!.keep(at);
    return this.#enter(block, at, false);
  }

  isMatched(at: number): boolean {
    return this.#isMatched[at] === 1;
  }

  /** Notes that a row met one of the other side. */
  match(at: number): void {
    if (this.#isMatched[at] === 1) return;
    this.#isMatched[at] = 1;
    this.blocks.touched.add(this.#blockOf[at]!);
  }

  /** The first row of a key, or −1. */
  firstOf(key: number): number {
    const block = this.blocks.firstOf(key);
    return block < 0 ? -1 : this.#lists.firstOf(block);
  }

  /** The next row of its key, or −1. */
  afterOf(at: number): number {
    const after = this.#lists.afterOf(at);
    if (after >= 0) return after;
    const block = this.blocks.afterOf(this.#blockOf[at]!);
    return block < 0 ? -1 : this.#lists.firstOf(block);
  }

  /** Keeps a row behind the others of its key. */
  add(key: number, row: Row, isMatched: boolean): number {
    const block = this.blocks.open(key);
    this.blocks.touched.add(block);
    return this.put(block, row, isMatched);
  }

  /** Keeps a row behind the others of a block. */
  put(block: number, row: Row, isMatched: boolean): number {
    const at = this.#numbers.take();
    this.#rows.put(at, row);
    return this.#enter(block, at, isMatched);
  }

  /** `put` of a row as `write` wrote it. */
  read(block: number, from: RowReader, isMatched: boolean): void {
    const at = this.#numbers.take();
    this.#rows.read(at, from);
    this.#enter(block, at, isMatched);
  }

  write(at: number, out: RowWriter): void {
    this.#rows.write(at, out);
  }

  #enter(block: number, at: number, isMatched: boolean): number {
    this.#ensure(at);
    const before = this.#lists.append(block, at);
    this.#blockOf[at] = block;
    this.#orders[at] = before < 0 ? 0 : this.#orders[before]! + 1;
    this.#isMatched[at] = isMatched ? 1 : 0;
    this.blocks.addRow(block);
    if (this.#keeps !== undefined) this.#expiry.set(at, this.#keeps.time(this.row(at)) ?? Infinity);
    this.#size++;
    return at;
  }

  remove(at: number): void {
    this.#expiry.remove(at);
    this.#drop(at);
  }

  #drop(at: number): void {
    const block = this.#blockOf[at]!;
    this.#lists.remove(block, at);
    this.#rows.remove(at);
    if (this.#met.size > 0) this.#met.delete(at);
    this.#numbers.giveBack(at);
    this.#size--;
    this.blocks.removeRow(block);
  }

  /** The rows of a block, in order. */
  *of(block: number): Iterable<number> {
    for (let at = this.#lists.firstOf(block); at >= 0; at = this.#lists.afterOf(at)) yield at;
  }

  /** The rows without a match whose time is at or before `bound`: by time, then key, then as they came. The same after a restart. */
  unmatchedUpTo(bound: number): readonly number[] {
    const found = this.#upTo(bound).filter((at) => this.#isMatched[at] === 0);
    return found.sort((left, right) => this.#expiry.timeOf(left) - this.#expiry.timeOf(right) || this.#order(left, right));
  }

  /** Gives up the rows whose time is at or before `bound`; how many they were. */
  evict(bound: number): number {
    const found = bound === Infinity ? this.#all() : this.#expiry.takeUpTo(bound);
    if (bound === Infinity) this.#expiry.clear();
    for (const at of found) this.#drop(at);
    return found.length;
  }

  clear(): void {
    this.blocks.clear();
    this.#expiry.clear();
    this.#rows.clear();
    this.#met.clear();
    this.#numbers.clear();
    this.#lists.clear();
    this.#size = 0;
  }

  #upTo(bound: number): readonly number[] {
    return bound === Infinity ? this.#all() : this.#expiry.upTo(bound);
  }

  #all(): readonly number[] {
    const all: number[] = [];
    for (let at = 0; at < this.#numbers.end; at++) if (this.#rows.has(at)) all.push(at);
    return all;
  }

  #order(left: number, right: number): number {
    const [leftBlock, rightBlock] = [this.#blockOf[left]!, this.#blockOf[right]!];
    if (leftBlock === rightBlock) return this.#orders[left]! - this.#orders[right]!;
    const [leftKey, rightKey] = [this.blocks.keyOf(leftBlock), this.blocks.keyOf(rightBlock)];
    return leftKey === rightKey ? this.blocks.numberOf(leftBlock) - this.blocks.numberOf(rightBlock) : this.#keys.compare(leftKey, rightKey);
  }

  #ensure(at: number): void {
    if (at < this.#blockOf.length) return;
    this.#blockOf = grown(this.#blockOf, at + 1);
    this.#orders = grown(this.#orders, at + 1);
    this.#isMatched = grown(this.#isMatched, at + 1);
  }
}
