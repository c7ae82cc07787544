import { canonicalInteger, type ExactInteger } from "../../functions/exact-integer.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { ExactSlots } from "./exact-slots.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";

type BitOperator = "and" | "or" | "xor";

/** The bits of ints or longs put together; null where there were none. */
export class BitsLane<T extends ExactInteger> implements Lane {
  readonly form: string;
  readonly #combine: (left: ExactInteger, right: T) => ExactInteger;
  readonly #slots = new ExactSlots();

  constructor(form: string, combine: (left: ExactInteger, right: T) => ExactInteger) {
    this.form = form;
    this.#combine = combine;
  }

  add(slot: number, value: T): void {
    const before = this.#slots.get(slot);
    this.#slots.set(slot, before === null ? value : this.#combine(before, value));
  }

  get(slot: number): T | null {
    // Bits of ints are an int, those of longs a long.
    return this.#slots.get(slot) as T | null;
  }

  ensure(capacity: number): void {
    this.#slots.ensure(capacity);
  }

  reset(slot: number): void {
    this.#slots.reset(slot);
  }

  move(to: number, from: number): void {
    this.#slots.move(to, from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof BitsLane) || from.form !== this.form) return foreignLane(this, from);
    const other: BitsLane<T> = from;
    const value = other.get(fromSlot);
    if (value !== null) this.add(slot, value);
  }

  write(slot: number, out: RowWriter): void {
    this.#slots.write(slot, out);
  }

  read(slot: number, row: RowReader): void {
    this.#slots.read(slot, row);
  }
}

const ofInts: Readonly<Record<BitOperator, (left: ExactInteger, right: number) => number>> = {
  and: (left, right) => Number(left) & right,
  or: (left, right) => Number(left) | right,
  xor: (left, right) => Number(left) ^ right,
};

const ofLongs: Readonly<Record<BitOperator, (left: ExactInteger, right: ExactInteger) => ExactInteger>> = {
  and: (left, right) => canonicalInteger(BigInt(left) & BigInt(right)),
  or: (left, right) => canonicalInteger(BigInt(left) | BigInt(right)),
  xor: (left, right) => canonicalInteger(BigInt(left) ^ BigInt(right)),
};

/** The lane of `bit_and`, `bit_or` and `bit_xor` over ints. */
export function bitsOfInts(operator: BitOperator): BitsLane<number> {
  return new BitsLane(`bitsOfInts ${operator}`, ofInts[operator]);
}

/** The lane of `bit_and`, `bit_or` and `bit_xor` over longs. */
export function bitsOfLongs(operator: BitOperator): BitsLane<ExactInteger> {
  return new BitsLane(`bitsOfLongs ${operator}`, ofLongs[operator]);
}
