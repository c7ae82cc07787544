import type { TypeDescriptor, ValueOf } from "../../formats/type-descriptor.ts";
import { descriptorText, type ValueType, valueType } from "../../formats/value-type.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { grown } from "../grown.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { NumberSets } from "./number-sets.ts";
import { storedValue, type StoredValue } from "./stored-value.ts";
import { type Tally, tallyMaker } from "./tally.ts";
import { isNumber } from "./value-slots.ts";

/**
 * Several counts of the different values of one expression, each over the rows that pass a condition of its own. A value is kept once, with a bit for each of the counts that
 * it is part of.
 */
export class DistinctCountsLane<Value> implements Lane {
  readonly form: string;
  readonly #width: number;
  readonly #stored: StoredValue;
  /** By slot, side by side. */
  #counts: Float64Array = new Float64Array(0);
  readonly #numbers: NumberSets | undefined;
  readonly #makeTally: () => Tally;
  /** By slot, what is no number (a number that is a bigint, and NaN): how often each value came is what its bits read as. */
  readonly #others: (Tally | undefined)[] = [];

  constructor(width: number, type: ValueType) {
    this.form = `distinct ${descriptorText(type)} into ${width} counts`;
    this.#width = width;
    this.#stored = storedValue(type);
    this.#numbers = isNumber(type) || type.kind === "long" || type.kind === "decimal" ? new NumberSets() : undefined;
    this.#makeTally = tallyMaker(type);
  }

  /** Adds a value to the counts whose bits are set: bit n for count n. */
  add(slot: number, bits: number, value: Value): void {
    if (bits !== 0) this.#add(slot, bits, value);
  }

  /** How many different values count `at` has. */
  get(slot: number, at: number): number {
    return this.#counts[slot * this.#width + at]!;
  }

  ensure(capacity: number): void {
    this.#counts = grown(this.#counts, capacity * this.#width, 0);
    this.#numbers?.ensure(capacity);
  }

  reset(slot: number): void {
    this.#counts.fill(0, slot * this.#width, (slot + 1) * this.#width);
    this.#numbers?.reset(slot);
    this.#others[slot] = undefined;
  }

  move(to: number, from: number): void {
    this.#counts.copyWithin(to * this.#width, from * this.#width, (from + 1) * this.#width);
    this.#counts.fill(0, from * this.#width, (from + 1) * this.#width);
    this.#numbers?.move(to, from);
    this.#others[to] = this.#others[from];
    this.#others[from] = undefined;
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof DistinctCountsLane) || from.form !== this.form) return foreignLane(this, from);
    from.#each(fromSlot, (value, bits) => { this.#add(slot, bits, value); });
  }

  write(slot: number, out: RowWriter): void {
    out.writeNumber((this.#numbers?.count(slot) ?? 0) + (this.#others[slot]?.size ?? 0));
    this.#each(slot, (value, bits) => {
      this.#stored.write(value, out);
      out.writeNumber(bits);
    });
  }

  read(slot: number, row: RowReader): void {
    this.reset(slot);
    for (let left = row.readNumber(); left > 0; left--) {
      const value = this.#stored.read(row);
      this.#add(slot, row.readNumber(), value);
    }
  }

  #add(slot: number, bits: number, value: unknown): void {
    const added = this.#numbers !== undefined && typeof value === "number" && value === value ? this.#numbers.add(slot, value, bits) : this.#addOther(slot, bits, value);
    for (let left = added, at = slot * this.#width; left !== 0; left >>>= 1, at++) this.#counts[at]! += left & 1;
  }

  #addOther(slot: number, bits: number, value: unknown): number {
    const tally = (this.#others[slot] ??= this.#makeTally());
    const added = bits & ~tally.count(value);
    if (added !== 0) tally.add(value, added);
    return added;
  }

  #each(slot: number, use: (value: unknown, bits: number) => void): void {
    this.#numbers?.each(slot, use);
    const others = this.#others[slot];
    if (others !== undefined) for (const [value, bits] of others.entries()) use(value, bits);
  }
}

/** The lane of `width` calls (at most 31) of `count(distinct x)` over values of one type. */
export function distinctCounts<const D extends TypeDescriptor>(width: number, type: D): DistinctCountsLane<ValueOf<D>> {
  return new DistinctCountsLane(width, valueType(type));
}
