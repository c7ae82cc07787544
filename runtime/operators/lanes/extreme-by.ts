import type { TypeDescriptor, ValueOf } from "../../formats/type-descriptor.ts";
import { descriptorText, valueType } from "../../formats/value-type.ts";
import { orderOf } from "../../functions/compare-values.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { type ValueSlots, valueSlots } from "./value-slots.ts";

/** The value, maybe null, that stands beside the smallest or largest ordering; of equal orderings the last row's (Spark's MaxMinBy). */
export class ExtremeByLane<T, O> implements Lane {
  readonly form: string;
  readonly #sign: 1 | -1;
  readonly #values: ValueSlots<T>;
  readonly #orderings: ValueSlots<O>;
  readonly #compare: (left: unknown, right: unknown) => number;

  constructor(form: string, sign: 1 | -1, values: ValueSlots<T>, orderings: ValueSlots<O>, compare: (left: unknown, right: unknown) => number) {
    this.form = form;
    this.#sign = sign;
    this.#values = values;
    this.#orderings = orderings;
    this.#compare = compare;
  }

  add(slot: number, value: T | null, ordering: O): void {
    const best = this.#orderings.get(slot);
    if (best !== undefined && this.#compare(ordering, best) * this.#sign < 0) return;
    this.#orderings.set(slot, ordering);
    this.#values.set(slot, value);
  }

  /** Whether a better ordering is there than this one. */
  isBeaten(slot: number, _value: T | null, ordering: O): boolean {
    const best = this.#orderings.get(slot);
    return best !== undefined && this.#compare(best, ordering) * this.#sign > 0;
  }

  get(slot: number): T | null {
    return this.#values.get(slot) ?? null;
  }

  ensure(capacity: number): void {
    this.#values.ensure(capacity);
    this.#orderings.ensure(capacity);
  }

  reset(slot: number): void {
    this.#values.reset(slot);
    this.#orderings.reset(slot);
  }

  move(to: number, from: number): void {
    this.#values.move(to, from);
    this.#orderings.move(to, from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof ExtremeByLane) || from.form !== this.form) return foreignLane(this, from);
    const other: ExtremeByLane<T, O> = from;
    const ordering = other.#orderings.get(fromSlot);
    if (ordering !== undefined && ordering !== null) this.add(slot, other.get(fromSlot), ordering);
  }

  write(slot: number, out: RowWriter): void {
    this.#values.write(slot, out);
    this.#orderings.write(slot, out);
  }

  read(slot: number, row: RowReader): void {
    this.#values.read(slot, row);
    this.#orderings.read(slot, row);
  }
}

/** The lane of `min_by`: the types of the value and of the ordering. */
export function minBy<const D extends TypeDescriptor, const O extends TypeDescriptor>(value: D, ordering: O): ExtremeByLane<ValueOf<D>, ValueOf<O>> {
  return extremeBy("minBy", -1, value, ordering);
}

/** The lane of `max_by`. */
export function maxBy<const D extends TypeDescriptor, const O extends TypeDescriptor>(value: D, ordering: O): ExtremeByLane<ValueOf<D>, ValueOf<O>> {
  return extremeBy("maxBy", 1, value, ordering);
}

function extremeBy<const D extends TypeDescriptor, const O extends TypeDescriptor>(name: string, sign: 1 | -1, value: D, ordering: O): ExtremeByLane<ValueOf<D>, ValueOf<O>> {
  const type = valueType(ordering);
  return new ExtremeByLane(`${name} ${descriptorText(valueType(value))}, ${descriptorText(type)}`, sign, valueSlots(value), valueSlots(ordering), orderOf(type).compare);
}
