import type { TypeDescriptor, ValueOf } from "../../formats/type-descriptor.ts";
import { descriptorText, valueType } from "../../formats/value-type.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { type ValueSlots, valueSlots } from "./value-slots.ts";

/** The value of the first or the last row that reached each group; of windows put together from panes, of the earliest or latest pane. */
export class PlaceLane<T> implements Lane {
  readonly form: string;
  readonly #isLast: boolean;
  readonly #slots: ValueSlots<T>;

  constructor(form: string, isLast: boolean, slots: ValueSlots<T>) {
    this.form = form;
    this.#isLast = isLast;
    this.#slots = slots;
  }

  add(slot: number, value: T | null): void {
    if (this.#isLast || this.#slots.get(slot) === undefined) this.#slots.set(slot, value);
  }

  get(slot: number): T | null {
    return this.#slots.get(slot) ?? null;
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
    if (!(from instanceof PlaceLane) || from.form !== this.form) return foreignLane(this, from);
    const other: PlaceLane<T> = from;
    const value = other.#slots.get(fromSlot);
    if (value !== undefined) this.add(slot, value);
  }

  write(slot: number, out: RowWriter): void {
    this.#slots.write(slot, out);
  }

  read(slot: number, row: RowReader): void {
    this.#slots.read(slot, row);
  }
}

/** The lane of `first` and `any_value`. Where nulls count too they are added like any value. */
export function firstValue<const D extends TypeDescriptor>(descriptor: D): PlaceLane<ValueOf<D>> {
  return new PlaceLane(`firstValue ${descriptorText(valueType(descriptor))}`, false, valueSlots(descriptor));
}

/** The lane of `last`. */
export function lastValue<const D extends TypeDescriptor>(descriptor: D): PlaceLane<ValueOf<D>> {
  return new PlaceLane(`lastValue ${descriptorText(valueType(descriptor))}`, true, valueSlots(descriptor));
}
