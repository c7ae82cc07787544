import type { TypeDescriptor, ValueOf } from "../../formats/type-descriptor.ts";
import { descriptorText, type ValueType, valueType } from "../../formats/value-type.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { storedValue, type StoredValue } from "./stored-value.ts";
import { type Tally, tallyMaker } from "./tally.ts";

/** A lane to which values are added. */
interface FedLane<Values extends readonly unknown[]> extends Lane {
  add(slot: number, ...values: Values): void;
}

type ValuesOf<D extends readonly TypeDescriptor[]> = { readonly [P in keyof D]: ValueOf<D[P]> };

/**
 * Hands each value (or each combination of several) to an inner lane the first time that it comes. Only the values are stored:
 * the inner lane is built from them again, in the order in which they came.
 */
export class DistinctLane<L extends Lane, Values extends readonly unknown[]> implements Lane {
  readonly form: string;
  /** Where the result stands. */
  readonly inner: L;
  readonly #feed: (slot: number, values: readonly unknown[]) => void;
  /** Several values are kept as a record of them. */
  readonly #isSingle: boolean;
  readonly #stored: StoredValue;
  readonly #makeTally: () => Tally;
  readonly #seen: (Tally | undefined)[] = [];

  constructor(inner: L, feed: (slot: number, values: readonly unknown[]) => void, type: ValueType, isSingle: boolean) {
    this.form = `distinct ${descriptorText(type)} into ${inner.form}`;
    this.inner = inner;
    this.#feed = feed;
    this.#isSingle = isSingle;
    this.#stored = storedValue({ kind: "array", element: type, nullable: false });
    this.#makeTally = tallyMaker(type);
  }

  add(slot: number, ...values: Values): void {
    this.#add(slot, this.#isSingle ? values[0] : { ...values });
  }

  ensure(capacity: number): void {
    this.inner.ensure(capacity);
  }

  reset(slot: number): void {
    this.#seen[slot] = undefined;
    this.inner.reset(slot);
  }

  move(to: number, from: number): void {
    this.#seen[to] = this.#seen[from];
    this.#seen[from] = undefined;
    this.inner.move(to, from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof DistinctLane) || from.form !== this.form) return foreignLane(this, from);
    for (const value of from.#values(fromSlot)) this.#add(slot, value);
  }

  write(slot: number, out: RowWriter): void {
    this.#stored.write(this.#values(slot), out);
  }

  read(slot: number, row: RowReader): void {
    this.reset(slot);
    const values = this.#stored.read(row);
    if (Array.isArray(values)) for (const value of values) this.#add(slot, value);
  }

  #add(slot: number, value: unknown): void {
    const seen = (this.#seen[slot] ??= this.#makeTally());
    if (seen.add(value, 1) === 1) this.#feed(slot, this.#isSingle ? [value] : Object.values(Object(value)));
  }

  #values(slot: number): readonly unknown[] {
    return Array.from(this.#seen[slot]?.entries() ?? [], ([value]) => value);
  }
}

/** The lane of an aggregate with `distinct`: the lane that it has without, and the types of the arguments. */
export function distinct<const D extends readonly TypeDescriptor[], L extends FedLane<ValuesOf<D>>>(inner: L, ...types: D): DistinctLane<L, ValuesOf<D>> {
  const [only, ...others] = types;
  const isSingle = only !== undefined && others.length === 0;
  const type = valueType(isSingle ? only : { record: types.map((item, at) => [String(at), item] as const) });
  // The values are those of the descriptors, whichever way they come to it.
  return new DistinctLane(inner, (slot, values) => inner.add(slot, ...(values as ValuesOf<D>)), type, isSingle);
}
