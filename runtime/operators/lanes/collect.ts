import { detachText } from "../../formats/columns/detach-text.ts";
import type { TypeDescriptor, ValueOf } from "../../formats/type-descriptor.ts";
import { descriptorText, type ValueType, valueType } from "../../formats/value-type.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { storedValue, type StoredValue } from "./stored-value.ts";
import { type Tally, tallyMaker } from "./tally.ts";

/** All values in the order in which they came; of windows put together from panes, pane by pane. */
export class CollectListLane<T> implements Lane {
  readonly form: string;
  readonly #stored: StoredValue;
  readonly #lists: (T[] | undefined)[] = [];

  constructor(type: ValueType) {
    this.form = `collectList ${descriptorText(type)}`;
    this.#stored = storedValue({ kind: "array", element: type, nullable: false });
  }

  add(slot: number, value: T): void {
    const kept: unknown = typeof value === "string" ? detachText(value) : value;
    (this.#lists[slot] ??= []).push(kept as T);
  }

  /** A list of its own: whoever holds a result never sees it grow. */
  get(slot: number): readonly T[] {
    return this.#lists[slot]?.slice() ?? [];
  }

  ensure(): void {
    // Lists are made as they are needed.
  }

  reset(slot: number): void {
    this.#lists[slot] = undefined;
  }

  move(to: number, from: number): void {
    this.#lists[to] = this.#lists[from];
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof CollectListLane) || from.form !== this.form) return foreignLane(this, from);
    const other: CollectListLane<T> = from;
    const own = (this.#lists[slot] ??= []);
    for (const value of other.get(fromSlot)) own.push(value);
  }

  write(slot: number, out: RowWriter): void {
    this.#stored.write(this.#lists[slot] ?? [], out);
  }

  read(slot: number, row: RowReader): void {
    this.#lists[slot] = this.#stored.read(row) as T[];
  }
}

/** Each value once, in the order in which they came first. */
export class CollectSetLane<T> implements Lane {
  readonly form: string;
  readonly #stored: StoredValue;
  readonly #makeTally: () => Tally;
  readonly #sets: (Tally | undefined)[] = [];

  constructor(type: ValueType) {
    this.form = `collectSet ${descriptorText(type)}`;
    this.#stored = storedValue({ kind: "array", element: type, nullable: false });
    this.#makeTally = tallyMaker(type);
  }

  add(slot: number, value: T): void {
    (this.#sets[slot] ??= this.#makeTally()).add(value, 1);
  }

  get(slot: number): readonly T[] {
    return Array.from(this.#sets[slot]?.entries() ?? [], ([value]) => value as T);
  }

  ensure(): void {
    // Sets are made as they are needed.
  }

  reset(slot: number): void {
    this.#sets[slot] = undefined;
  }

  move(to: number, from: number): void {
    this.#sets[to] = this.#sets[from];
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof CollectSetLane) || from.form !== this.form) return foreignLane(this, from);
    const other: CollectSetLane<T> = from;
    for (const value of other.get(fromSlot)) this.add(slot, value);
  }

  write(slot: number, out: RowWriter): void {
    this.#stored.write(this.get(slot), out);
  }

  read(slot: number, row: RowReader): void {
    this.reset(slot);
    for (const value of this.#stored.read(row) as readonly T[]) this.add(slot, value);
  }
}

/** The lane of `collect_list`. */
export function collectList<const D extends TypeDescriptor>(descriptor: D): CollectListLane<ValueOf<D>> {
  return new CollectListLane(valueType(descriptor));
}

/** The lane of `collect_set`. */
export function collectSet<const D extends TypeDescriptor>(descriptor: D): CollectSetLane<ValueOf<D>> {
  return new CollectSetLane(valueType(descriptor));
}
