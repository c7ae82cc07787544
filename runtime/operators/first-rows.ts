import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { descriptorText, valueType } from "../formats/value-type.ts";
import type { RowReader, RowWriter } from "../state/row-codec.ts";
import { grown } from "./grown.ts";
import { foreignLane } from "./lanes/foreign-lane.ts";
import type { Lane } from "./lanes/lane.ts";
import { type KeptRows, RowObjects } from "./kept-rows.ts";
import type { PackedRows } from "./packed-rows.ts";
import { rowForm, type RowForm } from "./row-form.ts";
import type { TopRanks } from "./top-ranks.ts";

const noRows: readonly never[] = [];

/** A list whose rows are found by numbers beside it has no more. */
const mostNumbers = 16;

/**
 * The first rows of each slot in order, with ties all that equal the last one: of rows that stay no other is ever needed. The numbers that rows are ordered by
 * first stand in arrays of their own, so that a row is compared with others without a look at these wherever numbers say enough.
 */
export class FirstRows<Row extends object> implements Lane {
  readonly form: string;
  readonly #ranks: TopRanks<Row>;
  readonly #rowForm: RowForm<Row>;
  readonly #isSingle: boolean;
  /** By slot; of a single row the row itself is in `#singles`. */
  readonly #lists: (Row[] | undefined)[] = [];
  readonly #singles: KeptRows<Row>;
  /** By slot: the number of the last row that counts; +∞ where there is room for more. */
  #bounds = new Float64Array(0);
  /** Of each slot so many numbers; 0 where none are kept. */
  readonly #stride: number;
  #numbers = new Float64Array(0);

  /** `packed`: where rows are to be kept as bytes. Only of single rows. */
  constructor(ranks: TopRanks<Row>, columns: Readonly<Record<string, TypeDescriptor>>, packed?: PackedRows<Row>) {
    const { count, ties } = ranks;
    const types = Object.values(columns).map((type) => descriptorText(valueType(type)));
    this.form = `first ${count}${ties ? " with ties" : ""} of (${types.join(", ")})`;
    this.#ranks = ranks;
    this.#rowForm = rowForm<Row>(columns);
    this.#singles = packed ?? new RowObjects(this.#rowForm);
    this.#isSingle = count === 1 && !ties;
    this.#stride = ties || count > mostNumbers || this.#isSingle ? 0 : count;
  }

  of(slot: number): readonly Row[] {
    if (!this.#isSingle) return this.#lists[slot] ?? noRows;
    return this.#singles.has(slot) ? [this.#singles.row(slot)] : noRows;
  }

  /** The number of the last row that counts: a row of a lesser one is among the first, a row of a greater one is not. NaN where its number does not say it. */
  bound(slot: number): number {
    return slot < this.#bounds.length ? this.#bounds[slot]! : NaN;
  }

  /** The last row that counts, where there are as many as may be; a row that comes after it is none of the first. Undefined where there is room. */
  last(slot: number): Row | undefined {
    if (!this.#isSingle) return this.#lists[slot]?.[this.#ranks.count - 1];
    return this.#singles.has(slot) ? this.#singles.row(slot) : undefined;
  }

  /** Whether a row is not among the first; `number`: its own. */
  refuses(slot: number, row: Row, number: number): boolean {
    const bound = this.bound(slot);
    if (number < bound) return false;
    if (number > bound) return true;
    const { count, ties, compare, compareBy } = this.#ranks;
    const last = this.last(slot);
    if (last === undefined) return count < 1;
    return ties ? compareBy(row, last) > 0 : compare(row, last) >= 0;
  }

  /** Puts a row in its place behind all that are before or equal to it. Only where it is among the first, and the slot exists. */
  insert(slot: number, row: Row, number: number): void {
    if (this.#isSingle) {
      this.#singles.put(slot, row);
      this.#bounds[slot] = number;
      return;
    }
    const { count, ties, compareBy, numberOf } = this.#ranks;
    const rows = (this.#lists[slot] ??= []);
    const place = this.#placeOf(slot, rows, row, number);
    if (ties || rows.length < count) rows.push(row);
    for (let at = rows.length - 1; at > place; at--) rows[at] = rows[at - 1]!;
    rows[place] = row;
    if (ties) while (rows.length > count && compareBy(rows.at(-1)!, rows[count - 1]!) !== 0) rows.pop();
    if (this.#stride > 0) this.#insertNumber(slot * this.#stride, rows.length, place, number);
    if (rows.length >= count) this.#bounds[slot] = this.#stride > 0 ? this.#numbers[slot * this.#stride + count - 1]! : numberOf(rows[count - 1]!);
  }

  /** Notes that the only row of a slot is another now, which `packed` has been given. */
  replaced(slot: number, number: number): void {
    this.#bounds[slot] = number;
  }

  ensure(capacity: number): void {
    this.#bounds = grown(this.#bounds, capacity, Infinity);
    this.#numbers = grown(this.#numbers, capacity * this.#stride);
    if (!this.#isSingle) while (this.#lists.length < capacity) this.#lists.push(undefined);
  }

  reset(slot: number): void {
    this.#bounds[slot] = Infinity;
    if (!this.#isSingle) this.#lists[slot] = undefined;
    else if (this.#singles.has(slot)) this.#singles.remove(slot);
  }

  move(to: number, from: number): void {
    const stride = this.#stride;
    this.#bounds[to] = this.#bounds[from]!;
    this.#numbers.copyWithin(to * stride, from * stride, from * stride + stride);
    if (this.#isSingle) this.#singles.move(to, from);
    else this.#lists[to] = this.#lists[from];
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof FirstRows) || from.form !== this.form) return foreignLane(this, from);
    const other: FirstRows<Row> = from;
    for (const row of other.of(fromSlot)) this.#take(slot, row);
  }

  write(slot: number, out: RowWriter): void {
    if (this.#isSingle) {
      out.writeNumber(this.#singles.has(slot) ? 1 : 0);
      if (this.#singles.has(slot)) this.#singles.write(slot, out);
      return;
    }
    const rows = this.of(slot);
    out.writeNumber(rows.length);
    for (const row of rows) this.#rowForm.write(row, out);
  }

  read(slot: number, row: RowReader): void {
    let left = row.readNumber();
    if (this.#isSingle && left > 0) {
      this.#singles.read(slot, row);
      this.#bounds[slot] = this.#ranks.numberOf(this.#singles.row(slot));
      return;
    }
    for (; left > 0; left--) this.#take(slot, this.#rowForm.read(row));
  }

  #take(slot: number, row: Row): void {
    const number = this.#ranks.numberOf(row);
    if (!this.refuses(slot, row, number)) this.insert(slot, row, number);
  }

  /** Where a row belongs: by its number, where that is unlike its neighbour's. */
  #placeOf(slot: number, rows: readonly Row[], row: Row, number: number): number {
    if (this.#stride > 0) {
      const numbers = this.#numbers;
      const start = slot * this.#stride;
      let at = start + rows.length;
      while (at > start && numbers[at - 1]! > number) at--;
      if (at === start || numbers[at - 1]! < number) return at - start;
    }
    const { compare } = this.#ranks;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(row, rows[middle]!) < 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** As the row, so its number: `length` is that of the list now. */
  #insertNumber(start: number, length: number, place: number, number: number): void {
    const numbers = this.#numbers;
    for (let at = start + length - 1; at > start + place; at--) numbers[at] = numbers[at - 1]!;
    numbers[start + place] = number;
  }
}
