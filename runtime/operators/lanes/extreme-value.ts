import { detachText } from "../../formats/columns/detach-text.ts";
import type { TypeDescriptor, ValueOf } from "../../formats/type-descriptor.ts";
import { descriptorText, valueType } from "../../formats/value-type.ts";
import { compareBoolean, compareDouble, compareText } from "../../functions/compare-scalars.ts";
import { orderOf } from "../../functions/compare-values.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { storedValue } from "./stored-value.ts";

/** How values of a type are compared and stored. `compare` gives a number below, at or above 0. */
export interface ExtremeType<T> {
  compare(left: T, right: T): number;
  write(value: T, out: RowWriter): void;
  read(row: RowReader): T;
  /** The value as it may be kept beyond its batch. */
  keep?(value: T): T;
}

/** The smallest or largest value of a type; the first one among equals; null where there were none. */
export class ExtremeLane<T> implements Lane {
  readonly form: string;
  readonly #type: ExtremeType<T>;
  readonly #sign: 1 | -1;
  readonly #values: (T | undefined)[] = [];

  constructor(form: string, sign: 1 | -1, type: ExtremeType<T>) {
    this.form = form;
    this.#sign = sign;
    this.#type = type;
  }

  add(slot: number, value: T): void {
    const best = this.#values[slot];
    if (best === undefined || this.#type.compare(value, best) * this.#sign > 0) this.#values[slot] = this.#type.keep?.(value) ?? value;
  }

  /** Whether a better value is there than this one. */
  isBeaten(slot: number, value: T): boolean {
    const best = this.#values[slot];
    return best !== undefined && this.#type.compare(best, value) * this.#sign > 0;
  }

  get(slot: number): T | null {
    return this.#values[slot] ?? null;
  }

  ensure(capacity: number): void {
    while (this.#values.length < capacity) this.#values.push(undefined);
  }

  reset(slot: number): void {
    this.#values[slot] = undefined;
  }

  move(to: number, from: number): void {
    this.#values[to] = this.#values[from];
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof ExtremeLane) || from.form !== this.form) return foreignLane(this, from);
    const other: ExtremeLane<T> = from;
    const value = other.get(fromSlot);
    if (value !== null) this.add(slot, value);
  }

  write(slot: number, out: RowWriter): void {
    const value = this.#values[slot];
    if (value === undefined) out.writeNull();
    else this.#type.write(value, out);
  }

  read(slot: number, row: RowReader): void {
    this.#values[slot] = row.readNull() ? undefined : this.#type.read(row);
  }
}

const text: ExtremeType<string> = { compare: compareText, write: (value, out) => out.writeText(value), read: (row) => row.readText(), keep: detachText };
const boolean: ExtremeType<boolean> = { compare: compareBoolean, write: (value, out) => out.writeBoolean(value), read: (row) => row.readBoolean() };
const double: ExtremeType<number> = { compare: compareDouble, write: (value, out) => out.writeNumber(value), read: (row) => row.readNumber() };

/** The lane of `min` over strings, ordered by UTF-8 bytes. */
export function minText(): ExtremeLane<string> {
  return new ExtremeLane("minText", -1, text);
}

/** The lane of `max` over strings. */
export function maxText(): ExtremeLane<string> {
  return new ExtremeLane("maxText", 1, text);
}

/** The lane of `min` over booleans; false is the smaller. */
export function minBoolean(): ExtremeLane<boolean> {
  return new ExtremeLane("minBoolean", -1, boolean);
}

/** The lane of `max` over booleans. */
export function maxBoolean(): ExtremeLane<boolean> {
  return new ExtremeLane("maxBoolean", 1, boolean);
}

/** The lane of `min` over doubles; NaN is the largest. */
export function minDouble(): ExtremeLane<number> {
  return new ExtremeLane("minDouble", -1, double);
}

/** The lane of `max` over doubles; NaN is the largest. */
export function maxDouble(): ExtremeLane<number> {
  return new ExtremeLane("maxDouble", 1, double);
}

/** The lane of `min` over values of any type: bytes, records, arrays. */
export function minValue<const D extends TypeDescriptor>(descriptor: D): ExtremeLane<ValueOf<D>> {
  return new ExtremeLane(`minValue ${descriptorText(valueType(descriptor))}`, -1, anyType(descriptor));
}

/** The lane of `max` over values of any type. */
export function maxValue<const D extends TypeDescriptor>(descriptor: D): ExtremeLane<ValueOf<D>> {
  return new ExtremeLane(`maxValue ${descriptorText(valueType(descriptor))}`, 1, anyType(descriptor));
}

function anyType<D extends TypeDescriptor>(descriptor: D): ExtremeType<ValueOf<D>> {
  const type = valueType(descriptor);
  const stored = storedValue(type);
  return { compare: orderOf(type).compare, write: stored.write, read: (row) => stored.read(row) as ValueOf<D> };
}
