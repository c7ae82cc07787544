import { detachText } from "../../formats/columns/detach-text.ts";
import type { TypeDescriptor, ValueOf } from "../../formats/type-descriptor.ts";
import { type ValueType, valueType } from "../../formats/value-type.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { grown } from "../grown.ts";
import { storedValue, type StoredValue } from "./stored-value.ts";

/** One value a slot, which may be null, or none: what lanes that keep a single value of any type are made of. */
export interface ValueSlots<T> {
  /** Undefined in an empty slot. */
  get(slot: number): T | null | undefined;
  set(slot: number, value: T | null): void;
  ensure(capacity: number): void;
  reset(slot: number): void;
  /** Makes the empty slot `to` what `from` is, and `from` empty. */
  move(to: number, from: number): void;
  write(slot: number, out: RowWriter): void;
  read(slot: number, row: RowReader): void;
}

/** Slots for values of a type: numbers in an array of doubles, anything else as it is. */
export function valueSlots<const D extends TypeDescriptor>(descriptor: D): ValueSlots<ValueOf<D>> {
  const type = valueType(descriptor);
  // The type is what the descriptor says, which no test of a value could tell.
  const slots: unknown = isNumber(type) ? new NumberSlots() : new ObjectSlots(storedValue(type), type.kind === "string");
  return slots as ValueSlots<ValueOf<D>>;
}

/** Whether every value of the type is a double. */
export function isNumber(type: ValueType): boolean {
  switch (type.kind) {
    case "int":
    case "float":
    case "double":
    case "date":
    case "timestamp":
    case "duration":
      return true;
    default:
      return false;
  }
}

const [empty, nothing, number] = [0, 1, 2] as const;

class NumberSlots implements ValueSlots<number> {
  #values: Float64Array = new Float64Array(0);
  #states: Uint8Array = new Uint8Array(0);

  get(slot: number): number | null | undefined {
    const state = this.#states[slot]!;
    return state === number ? this.#values[slot]! : state === nothing ? null : undefined;
  }

  set(slot: number, value: number | null): void {
    this.#states[slot] = value === null ? nothing : number;
    this.#values[slot] = value ?? 0;
  }

  ensure(capacity: number): void {
    this.#values = grown(this.#values, capacity, 0);
    this.#states = grown(this.#states, capacity);
  }

  reset(slot: number): void {
    this.#states[slot] = empty;
  }

  move(to: number, from: number): void {
    this.#values[to] = this.#values[from]!;
    this.#states[to] = this.#states[from]!;
    this.reset(from);
  }

  write(slot: number, out: RowWriter): void {
    const value = this.get(slot);
    out.writeBoolean(value !== undefined);
    if (value === null) out.writeNull();
    else if (value !== undefined) out.writeNumber(value);
  }

  read(slot: number, row: RowReader): void {
    if (!row.readBoolean()) this.reset(slot);
    else this.set(slot, row.readNull() ? null : row.readNumber());
  }
}

class ObjectSlots implements ValueSlots<unknown> {
  readonly #stored: StoredValue;
  readonly #isText: boolean;
  readonly #values: unknown[] = [];

  constructor(stored: StoredValue, isText: boolean) {
    this.#stored = stored;
    this.#isText = isText;
  }

  get(slot: number): unknown {
    return this.#values[slot];
  }

  set(slot: number, value: unknown): void {
    this.#values[slot] = this.#isText && typeof value === "string" ? detachText(value) : value;
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

  write(slot: number, out: RowWriter): void {
    const value = this.#values[slot];
    out.writeBoolean(value !== undefined);
    if (value === null) out.writeNull();
    else if (value !== undefined) this.#stored.write(value, out);
  }

  read(slot: number, row: RowReader): void {
    if (!row.readBoolean()) this.reset(slot);
    else this.set(slot, row.readNull() ? null : this.#stored.read(row));
  }
}
