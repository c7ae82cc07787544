import type { TypeDescriptor, ValueOf } from "../../formats/type-descriptor.ts";
import { descriptorText, type ValueType, valueType } from "../../formats/value-type.ts";
import { orderOf } from "../../functions/compare-values.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { storedValue, type StoredValue } from "./stored-value.ts";
import { type Tally, tallyMaker } from "./tally.ts";
import { tieOrderOf, type TieOrder } from "./tie-order.ts";

/** The value that came most often (Spark's Mode); null where there were none. */
export class MostFrequentLane<T> implements Lane {
  readonly form: string;
  readonly #stored: StoredValue;
  readonly #makeTally: () => Tally;
  readonly #inTieOrder: TieOrder;
  readonly #tallies: (Tally | undefined)[] = [];

  constructor(type: ValueType, isSmallest: boolean) {
    this.form = `mostFrequent ${descriptorText(type)}`;
    this.#stored = storedValue(type);
    this.#makeTally = tallyMaker(type);
    this.#inTieOrder = isSmallest ? (values) => [...values].sort(orderOf(type).compare) : tieOrderOf(type);
  }

  add(slot: number, value: T): void {
    this.#tally(slot).add(value, 1);
  }

  get(slot: number): T | null {
    const entries = [...(this.#tallies[slot]?.entries() ?? [])];
    const most = entries.reduce((best, [, count]) => Math.max(best, count), 0);
    const tied = new Set(entries.flatMap(([value, count]) => (count === most ? [value] : [])));
    const [only] = tied;
    if (only === undefined) return null;
    // The tally holds what `add` was given.
    return (tied.size === 1 ? only : this.#inTieOrder(entries.map(([value]) => value)).find((value) => tied.has(value))) as T;
  }

  ensure(): void {
    // Tallies are made as they are needed.
  }

  reset(slot: number): void {
    this.#tallies[slot] = undefined;
  }

  move(to: number, from: number): void {
    this.#tallies[to] = this.#tallies[from];
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof MostFrequentLane) || from.form !== this.form) return foreignLane(this, from);
    const own = this.#tally(slot);
    for (const [value, count] of from.#tallies[fromSlot]?.entries() ?? []) own.add(value, count);
  }

  write(slot: number, out: RowWriter): void {
    const tally = this.#tallies[slot];
    out.writeNumber(tally?.size ?? 0);
    for (const [value, count] of tally?.entries() ?? []) {
      this.#stored.write(value, out);
      out.writeNumber(count);
    }
  }

  read(slot: number, row: RowReader): void {
    this.reset(slot);
    for (let left = row.readNumber(); left > 0; left--) this.#tally(slot).add(this.#stored.read(row), row.readNumber());
  }

  #tally(slot: number): Tally {
    return (this.#tallies[slot] ??= this.#makeTally());
  }
}

/** The lane of `mode`; of values that come equally often the smallest, or else the one that Spark gives. */
export function mostFrequent<const D extends TypeDescriptor>(descriptor: D, isSmallest = false): MostFrequentLane<ValueOf<D>> {
  return new MostFrequentLane(valueType(descriptor), isSmallest);
}
