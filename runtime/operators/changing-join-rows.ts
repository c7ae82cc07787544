import type { ChangingJoinForm } from "./changing-join-form.ts";
import { ExpiryHeap } from "./expiry-heap.ts";
import { grown } from "./grown.ts";
import { KeptKeys } from "./kept-keys.ts";
import { LinkedLists } from "./linked-lists.ts";
import type { StateCodec } from "./stateful.ts";
import type { StreamJoinKeys } from "./stream-join-keys.ts";
import type { JoinSide } from "./stream-join.ts";
import { TouchedSlots } from "./touched-slots.ts";

/** When a row of a side shows by itself. */
export type ShowsAlone = "never" | "unmatched" | "matched";

/** Bytes that a row takes beside its content: its numbers, its places in lists, in the heap and in the array of rows. */
const rowOverhead = 100;

/**
 * One side of a changing join: its different rows, how often each is there, and how many different rows of the other side it has met. A row
 * stays until the batch has ended in which the last of its kind was taken back, so that a batch knows what was there before it.
 */
export class ChangingJoinRows<Row> {
  readonly showsAlone: ShowsAlone;
  /** The rows that the batch has changed. */
  readonly touched = new TouchedSlots();
  /** The rows whose number of matches the batch has changed. */
  readonly rematched = new TouchedSlots();
  readonly entries: KeptKeys;
  readonly #form: ChangingJoinForm<Row>;
  readonly #keys: StreamJoinKeys;
  readonly #keeps: JoinSide<Row>["keeps"];
  /** By key, the rows that meet others, in the order in which they came. */
  readonly #lists = new LinkedLists();
  /** Empty where rows are kept for ever. */
  readonly #expiry = new ExpiryHeap();
  #size = 0;
  /** Rows of a checkpoint that are not in their lists yet. */
  #restored: number[] = [];
  /** By `rematched`: the numbers of matches before the batch. */
  #matchesBefore: number[] = [];
  /** By row. */
  readonly #rows: (Row | undefined)[] = [];
  #keyOf = new Int32Array(64);
  #meets = new Uint8Array(64);
  #counts = new Float64Array(64);
  /** Before the batch. */
  #countsBefore = new Float64Array(64);
  /** Upwards within a key. */
  #orders = new Float64Array(64);
  /** Counted only where a row may show alone. */
  #matches = new Float64Array(64);
  /** By key: how many different rows meet others. */
  #meeting = new Float64Array(64);

  constructor(side: JoinSide<Row>, form: ChangingJoinForm<Row>, parts: { readonly showsAlone: ShowsAlone; readonly keys: StreamJoinKeys; readonly codec: StateCodec; readonly seed: number }) {
    this.showsAlone = parts.showsAlone;
    this.entries = new KeptKeys(form.types, "one zero", parts.codec.writer(), parts.seed);
    this.#form = form;
    this.#keys = parts.keys;
    this.#keeps = side.keeps;
  }

  /** How many different rows there are. */
  get size(): number {
    return this.#size;
  }

  get memoryBytes(): number {
    // A row's content is there twice: as values, and as the bytes by which it is found.
    return 2 * this.entries.memoryBytes + this.#size * rowOverhead;
  }

  /** Whether a watermark gives rows up. */
  get isBounded(): boolean {
    return this.#keeps !== undefined;
  }

  row(at: number): Row {
    return this.#rows[at]!;
  }

  /** Whether a row meets rows of the other side that have its key. */
  meets(at: number): boolean {
    return this.#meets[at] === 1;
  }

  keyOf(at: number): number {
    return this.#keyOf[at]!;
  }

  countOf(at: number): number {
    return this.#counts[at]!;
  }

  /** How often a row was there before the batch. */
  countBefore(at: number): number {
    return this.#countsBefore[at]!;
  }

  orderOf(at: number): number {
    return this.#orders[at]!;
  }

  matchesOf(at: number): number {
    return this.#matches[at]!;
  }

  isChanged(at: number): boolean {
    return this.#counts[at] !== this.#countsBefore[at];
  }

  /** How many different rows of a key there are that meet others. */
  meetingOf(key: number): number {
    return this.#meeting[key] ?? 0;
  }

  /** The first of the rows of a key that meet others, or −1; those that the batch took back are among them. */
  firstOf(key: number): number {
    return this.#lists.firstOf(key);
  }

  afterOf(at: number): number {
    return this.#lists.afterOf(at);
  }

  ids(): Iterable<number> {
    return this.entries.ids();
  }

  add(key: readonly unknown[], row: Row, meets: boolean): void {
    const { entries } = this;
    const before = entries.size;
    const at = entries.idOf(this.#form.valuesOf(key, meets, row));
    if (entries.size !== before) {
      this.#begin(at, key, meets, this.#form.isAsStored(row) ? row : this.#form.rowOf(entries.values(at)));
      this.#link(at);
    }
    this.touched.add(at);
    if (this.#counts[at]!++ === 0) this.#count(at, 1);
  }

  /** Takes one of equal rows back; false where there is none. */
  takeBack(key: readonly unknown[], row: Row, meets: boolean): boolean {
    const at = this.entries.find(this.#form.valuesOf(key, meets, row));
    if (at < 0 || this.#counts[at] === 0) return false;
    this.touched.add(at);
    if (--this.#counts[at]! === 0) this.#count(at, -1);
    return true;
  }

  /** Every row is gone that is not added again before `endReplacing`. */
  beginReplacing(): void {
    for (const at of this.entries.ids()) {
      if (this.#counts[at] !== 0) this.#count(at, -1);
      this.#counts[at] = 0;
    }
  }

  endReplacing(): void {
    const gone: number[] = [];
    for (const at of this.entries.ids()) if (this.isChanged(at) && !this.touched.has(at)) gone.push(at);
    // In an order that a restart does not change.
    gone.sort((left, right) => this.entries.compare(left, right));
    for (const at of gone) this.touched.add(at);
  }

  /** So many more rows of the other side match than before the batch; of a new row, so many of those that are there now. */
  rematch(at: number, more: number): void {
    if (more === 0) return;
    if (!this.rematched.has(at)) {
      this.rematched.add(at);
      this.#matchesBefore.push(this.#matches[at]!);
    }
    this.#matches[at]! += more;
  }

  /** For each row that shows alone now or did before the batch, and either changed: how many more times it does than before. */
  eachAlone(use: (row: Row, more: number) => void): void {
    if (this.showsAlone === "never") return;
    for (const at of this.touched.slots()) if (this.isChanged(at) && !this.rematched.has(at)) use(this.row(at), this.#shown(this.#matches[at]!) * (this.#counts[at]! - this.#countsBefore[at]!));
    this.rematched.slots().forEach((at, index) => {
      use(this.row(at), this.#shown(this.#matches[at]!) * this.#counts[at]! - this.#shown(this.#matchesBefore[index]!) * this.#countsBefore[at]!);
    });
  }

  /** How many times a row shows alone. */
  timesAlone(at: number): number {
    return this.#shown(this.#matches[at]!) * this.#counts[at]!;
  }

  /** Ends the batch: what is there is what was there before the next one. Gives the number of rows that are gone. */
  settle(): number {
    let gone = 0;
    for (const at of this.rematched.take()) this.entries.touch(at);
    this.#matchesBefore = [];
    for (const at of this.touched.take()) {
      if (!this.isChanged(at) && this.#counts[at] !== 0) continue;
      if (this.#counts[at] === 0) {
        if (this.#countsBefore[at] !== 0) gone++;
        this.#remove(at);
      } else {
        this.#countsBefore[at] = this.#counts[at]!;
        this.entries.touch(at);
      }
    }
    return gone;
  }

  /** Gives up the rows that the watermark (µs) has passed; how many they were. Between batches. */
  evict(watermark: number): number {
    if (this.#keeps === undefined) return 0;
    const found = this.#expiry.upTo(watermark + this.#keeps.offset);
    for (const at of found) {
      this.#count(at, -1);
      this.#remove(at);
    }
    return found.length;
  }

  /** A row as a checkpoint holds it; `link` comes before it is used. */
  restore(entry: Uint8Array, parts: { readonly order: number; readonly count: number; readonly matches: number }): void {
    const at = this.entries.restore(entry);
    const values = this.entries.values(at);
    this.#begin(at, this.#form.keyOf(values), this.#form.meets(values), this.#form.rowOf(values));
    this.#counts[at] = this.#countsBefore[at] = parts.count;
    this.#orders[at] = parts.order;
    this.#matches[at] = parts.matches;
    this.#count(at, 1);
    this.#restored.push(at);
  }

  /** Puts the restored rows into their lists, in the order in which they once came. */
  link(): void {
    if (this.#restored.length === 0) return;
    this.#restored.sort((left, right) => this.#orders[left]! - this.#orders[right]!);
    for (const at of this.#restored) if (this.meets(at)) this.#lists.append(this.#keyOf[at]!, at);
    this.#restored = [];
  }

  clear(): void {
    this.entries.clear();
    this.touched.clear();
    this.rematched.clear();
    this.#lists.clear();
    this.#expiry.clear();
    this.#rows.length = 0;
    this.#restored = [];
    this.#matchesBefore = [];
    this.#meeting.fill(0);
    this.#size = 0;
  }

  /** One different row more (or less). */
  #count(at: number, more: 1 | -1): void {
    this.#size += more;
    if (this.meets(at)) this.#meeting[this.#keyOf[at]!]! += more;
  }

  /** 1 where a row with so many matches shows alone, else 0. */
  #shown(matches: number): number {
    if (this.showsAlone === "never") return 0;
    return (this.showsAlone === "matched") === (matches > 0) ? 1 : 0;
  }

  #begin(at: number, key: readonly unknown[], meets: boolean, row: Row): void {
    this.#makeRoom(at);
    const id = this.#keys.idOf(key);
    this.#keys.hold(id);
    if (id >= this.#meeting.length) this.#meeting = grown(this.#meeting, id + 1);
    this.#rows[at] = row;
    this.#keyOf[at] = id;
    this.#meets[at] = meets ? 1 : 0;
    this.#counts[at] = 0;
    this.#countsBefore[at] = 0;
    this.#orders[at] = 0;
    this.#matches[at] = 0;
    if (this.#keeps !== undefined) this.#expiry.set(at, this.#keeps.time(row) ?? Infinity);
  }

  /** Puts a row behind those of its key. */
  #link(at: number): void {
    if (!this.meets(at)) return;
    const before = this.#lists.append(this.#keyOf[at]!, at);
    if (before >= 0) this.#orders[at] = this.#orders[before]! + 1;
  }

  #remove(at: number): void {
    const key = this.#keyOf[at]!;
    if (this.meets(at)) this.#lists.remove(key, at);
    this.#expiry.remove(at);
    this.#rows[at] = undefined;
    this.entries.remove(at);
    this.#keys.release(key);
  }

  #makeRoom(at: number): void {
    if (at < this.#keyOf.length) return;
    this.#keyOf = grown(this.#keyOf, at + 1);
    this.#meets = grown(this.#meets, at + 1);
    this.#counts = grown(this.#counts, at + 1);
    this.#countsBefore = grown(this.#countsBefore, at + 1);
    this.#orders = grown(this.#orders, at + 1);
    this.#matches = grown(this.#matches, at + 1);
  }
}
