import type { Weight } from "../../changelog/change.ts";
import { takenBackTooOften } from "../../errors/taken-back-too-often.ts";
import type { TypeDescriptor, ValueOf } from "../../formats/type-descriptor.ts";
import { descriptorText, type ValueType, valueType } from "../../formats/value-type.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { grown } from "../grown.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { storedValue, type StoredValue } from "./stored-value.ts";
import { type Tally, tallyMaker } from "./tally.ts";

/** A lane to which values are added, and which may say of itself what spares it being built anew when values are taken back. */
interface FedLane<Values extends readonly unknown[]> extends Lane {
  add(slot: number, ...values: Values): void;
  /** Of a lane whose result is decided by one of the values, however often it came: whether a better one than this is there. */
  isBeaten?(slot: number, ...values: Values): boolean;
  /** Of a lane that can undo an addition. */
  change?(slot: number, weight: Weight, ...values: Values): void;
}

/** What a lane does with the values as they are kept: one alone, several as a record of them. */
interface Feed {
  add(slot: number, value: unknown): void;
  readonly isBeaten: ((slot: number, value: unknown) => boolean) | undefined;
  readonly takeBack: ((slot: number, value: unknown) => void) | undefined;
}

/**
 * Makes a lane of which values can be taken back of one of which they cannot: it keeps how often each value (or combination of several) is there, and fills the inner lane from
 * them, in the order in which they came first, each as often as it is there (with `distinct` once). The inner lane is always what it would be if it were filled anew, so that a
 * restart changes nothing, even where the order matters; it is filled anew only when it is read and what happened since could matter to it.
 */
export class RetractableLane<L extends Lane, Values extends readonly unknown[]> implements Lane {
  readonly form: string;
  readonly #inner: L;
  readonly #feed: Feed;
  readonly #isSingle: boolean;
  /** Whether the inner lane does not care how often a value is there. */
  readonly #isSet: boolean;
  readonly #stored: StoredValue;
  readonly #makeTally: () => Tally;
  readonly #tallies: (Tally | undefined)[] = [];
  /** Slots whose inner lane has to be filled anew. */
  #isStale: Uint8Array = new Uint8Array(0);

  constructor(inner: L, feed: Feed, type: ValueType, isSingle: boolean, isOnce: boolean) {
    this.form = `retractable${isOnce ? " distinct" : ""} ${descriptorText(type)} into ${inner.form}`;
    this.#inner = inner;
    this.#feed = feed;
    this.#isSingle = isSingle;
    this.#isSet = isOnce || feed.isBeaten !== undefined;
    this.#stored = storedValue(type);
    this.#makeTally = tallyMaker(type);
  }

  add(slot: number, ...values: Values): void {
    this.change(slot, 1, ...values);
  }

  change(slot: number, weight: Weight, ...values: Values): void {
    const value: unknown = this.#isSingle ? values[0] : { ...values };
    this.#change(slot, weight, typeof value === "number" ? value + 0 : value);
  }

  /** The inner lane, with a slot as the values that are there make it. */
  settled(slot: number): L {
    if (this.#isStale[slot] === 1) {
      this.#inner.reset(slot);
      this.#isStale[slot] = 0;
      for (const [value, count] of this.#tallies[slot]?.entries() ?? []) this.#fill(slot, value, count);
    }
    return this.#inner;
  }

  ensure(capacity: number): void {
    this.#inner.ensure(capacity);
    this.#isStale = grown(this.#isStale, capacity);
  }

  reset(slot: number): void {
    this.#tallies[slot] = undefined;
    this.#isStale[slot] = 0;
    this.#inner.reset(slot);
  }

  move(to: number, from: number): void {
    this.#tallies[to] = this.#tallies[from];
    this.#tallies[from] = undefined;
    this.#isStale[to] = this.#isStale[from]!;
    this.#isStale[from] = 0;
    this.#inner.move(to, from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof RetractableLane) || from.form !== this.form) return foreignLane(this, from);
    const tally = (this.#tallies[slot] ??= this.#makeTally());
    for (const [value, count] of from.#entries(fromSlot)) {
      const isNew = tally.add(value, count) === count;
      if (this.#isStale[slot] === 1 || (this.#isSet && !isNew)) continue;
      if (isNew || this.#feed.takeBack !== undefined) this.#fill(slot, value, count);
      else this.#isStale[slot] = 1;
    }
  }

  write(slot: number, out: RowWriter): void {
    const tally = this.#tallies[slot];
    out.writeNumber(tally?.size ?? 0);
    for (const [value, count] of tally?.entries() ?? []) {
      if (value === null) out.writeNull();
      else this.#stored.write(value, out);
      out.writeNumber(count);
    }
  }

  read(slot: number, row: RowReader): void {
    this.reset(slot);
    const size = row.readNumber();
    if (size === 0) return;
    const tally = (this.#tallies[slot] = this.#makeTally());
    for (let left = size; left > 0; left--) tally.add(row.readNull() ? null : this.#stored.read(row), row.readNumber());
    this.#isStale[slot] = 1;
  }

  #change(slot: number, weight: Weight, value: unknown): void {
    const tally = (this.#tallies[slot] ??= this.#makeTally());
    const count = tally.add(value, weight);
    if (count < 0) takenBackTooOften(`a value of ${this.form}`);
    if (tally.size === 0) {
      // Nothing is left to be filled in.
      this.reset(slot);
    } else if (this.#isStale[slot] === 0) {
      if (weight > 0) this.#added(slot, value, count);
      else this.#takenBack(slot, value, count);
    }
  }

  #added(slot: number, value: unknown, count: number): void {
    if (this.#isSet && count > 1) return;
    // A value that is new is the last in order.
    if (count === 1 || this.#feed.takeBack !== undefined) this.#feed.add(slot, value);
    else this.#isStale[slot] = 1;
  }

  #takenBack(slot: number, value: unknown, count: number): void {
    if (this.#isSet && count > 0) return;
    if (this.#feed.takeBack !== undefined) this.#feed.takeBack(slot, value);
    else if (this.#feed.isBeaten?.(slot, value) !== true) this.#isStale[slot] = 1;
  }

  #fill(slot: number, value: unknown, count: number): void {
    for (let left = this.#isSet ? 1 : count; left > 0; left--) this.#feed.add(slot, value);
  }

  #entries(slot: number): Iterable<readonly [unknown, number]> {
    return this.#tallies[slot]?.entries() ?? [];
  }
}

type ValuesOf<D extends readonly TypeDescriptor[]> = { readonly [P in keyof D]: ValueOf<D[P]> };

/** The lane of an aggregate whose values may be taken back: the lane that it has without, and the types of its values (with `?` where nulls reach it). */
export function retractable<const D extends readonly TypeDescriptor[], L extends FedLane<ValuesOf<D>>>(inner: L, ...types: D): RetractableLane<L, ValuesOf<D>> {
  return retractableOf(inner, types, false);
}

/** The same with `distinct`: the inner lane has each different value once, while it is there. */
export function retractableDistinct<const D extends readonly TypeDescriptor[], L extends FedLane<ValuesOf<D>>>(inner: L, ...types: D): RetractableLane<L, ValuesOf<D>> {
  return retractableOf(inner, types, true);
}

function retractableOf<D extends readonly TypeDescriptor[], L extends FedLane<ValuesOf<D>>>(inner: L, types: D, isOnce: boolean): RetractableLane<L, ValuesOf<D>> {
  const [only, ...others] = types;
  const isSingle = only !== undefined && others.length === 0;
  const type = valueType(isSingle ? only : { record: types.map((item, at) => [String(at), item] as const) });
  const valuesOf = (value: unknown): ValuesOf<D> => {
    const values: unknown = isSingle ? [value] : Object.values(Object(value));
    // They are those of the descriptors, whichever way they come to it.
    return values as ValuesOf<D>;
  };
  const { isBeaten, change } = inner;
  const feed: Feed = {
    add: (slot, value) => { inner.add(slot, ...valuesOf(value)); },
    isBeaten: isBeaten === undefined ? undefined : (slot, value) => isBeaten.call(inner, slot, ...valuesOf(value)),
    takeBack: change === undefined ? undefined : (slot, value) => { change.call(inner, slot, -1, ...valuesOf(value)); },
  };
  return new RetractableLane(inner, feed, type, isSingle, isOnce);
}
