import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { RowError } from "../../errors/row-error.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";

/** A key of a map never is −0, which is a value of its own here. */
const negativeZero = "-0";
type Counts = Map<number | typeof negativeZero, number>;

/** Exact percentiles of doubles, or of durations in whole microseconds: how often each came (Spark's Percentile); null where there were none. */
export class PercentileLane implements Lane {
  readonly form = "percentile";
  readonly #isWhole: boolean;
  readonly #counts: (Counts | undefined)[] = [];

  constructor(isWhole: boolean) {
    this.#isWhole = isWhole;
  }

  /** `frequency`: how often the value counts. A negative one is an error. */
  add(slot: number, value: number, frequency: number | bigint = 1): void {
    if (frequency <= 0) {
      if (frequency < 0) throw new RowError("INVALID_PARAMETER_VALUE", `the frequency ${frequency} is negative`);
      return;
    }
    const counts = (this.#counts[slot] ??= new Map());
    const key = Object.is(value, -0) ? negativeZero : value;
    counts.set(key, (counts.get(key) ?? 0) + Number(frequency));
  }

  /** The value at a share of the way from the smallest to the largest, between two neighbours in proportion. */
  at(slot: number, percentage: number): number | null {
    return this.#ranked(slot)?.between(percentage) ?? null;
  }

  allAt(slot: number, percentages: readonly number[]): readonly number[] | null {
    const ranked = percentages.length === 0 ? undefined : this.#ranked(slot);
    return ranked === undefined ? null : percentages.map((percentage) => ranked.between(percentage));
  }

  /** The smallest value that at least this share of the values does not exceed. */
  discreteAt(slot: number, percentage: number): number | null {
    const ranked = this.#ranked(slot);
    return ranked === undefined ? null : ranked.value(Math.max(Math.ceil(percentage * ranked.count) - 1, 0));
  }

  allDiscreteAt(slot: number, percentages: readonly number[]): readonly number[] | null {
    const ranked = percentages.length === 0 ? undefined : this.#ranked(slot);
    return ranked === undefined ? null : percentages.map((percentage) => ranked.value(Math.max(Math.ceil(percentage * ranked.count) - 1, 0)));
  }

  ensure(): void {
    // Maps are made as they are needed.
  }

  reset(slot: number): void {
    this.#counts[slot] = undefined;
  }

  move(to: number, from: number): void {
    this.#counts[to] = this.#counts[from];
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof PercentileLane)) return foreignLane(this, from);
    for (const [key, count] of from.#counts[fromSlot] ?? []) this.add(slot, numberOf(key), count);
  }

  write(slot: number, out: RowWriter): void {
    const counts: Counts = this.#counts[slot] ?? new Map();
    out.writeNumber(counts.size);
    for (const [key, count] of counts) {
      out.writeNumber(numberOf(key));
      out.writeNumber(count);
    }
  }

  read(slot: number, row: RowReader): void {
    this.reset(slot);
    for (let left = row.readNumber(); left > 0; left--) this.add(slot, row.readNumber(), row.readNumber());
  }

  #ranked(slot: number): Ranked | undefined {
    const counts = this.#counts[slot];
    return counts === undefined ? undefined : new Ranked(counts, this.#isWhole);
  }
}

function numberOf(key: number | typeof negativeZero): number {
  return key === negativeZero ? -0 : key;
}

/** Values in ascending order (−0 before 0, NaN last) with the number of values up to each. */
class Ranked {
  readonly #values: Float64Array;
  readonly #ends: Float64Array;
  readonly #isWhole: boolean;
  readonly count: number;

  constructor(counts: Counts, isWhole: boolean) {
    this.#isWhole = isWhole;
    this.#values = Float64Array.from(counts.keys(), numberOf).sort();
    let end = 0;
    this.#ends = this.#values.map((value) => (end += counts.get(Object.is(value, -0) ? negativeZero : value) ?? 0));
    this.count = end;
  }

  /** By position among all values, from 0. */
  value(position: number): number {
    let [low, high] = [0, this.#ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ends[middle]! > position) high = middle;
      else low = middle + 1;
    }
    return this.#values[low]!;
  }

  between(percentage: number): number {
    const position = (this.count - 1) * percentage;
    const [below, above] = [Math.floor(position), Math.ceil(position)];
    const [lower, higher] = [this.value(below), this.value(above)];
    if (below === above || lower === higher || (lower !== lower && higher !== higher)) return lower;
    const value = (above - position) * lower + (position - below) * higher;
    return this.#isWhole ? Math.trunc(value) + 0 : value;
  }
}

/** The lane of `percentile`, `median` and their relatives, over doubles. */
export function percentile(): PercentileLane {
  return new PercentileLane(false);
}

/** The same over durations. */
export function percentileOfDurations(): PercentileLane {
  return new PercentileLane(true);
}
