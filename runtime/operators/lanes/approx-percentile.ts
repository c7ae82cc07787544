import { type ValueType, valueType } from "../../formats/value-type.ts";
import type { TypeDescriptor, ValueOf } from "../../formats/type-descriptor.ts";
import { tryDecimalFromDouble } from "../../functions/cast-decimal.ts";
import { canonicalInteger, type ExactInteger } from "../../functions/exact-integer.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { QuantileSummary } from "./quantile-summary.ts";

/**
 * Approximate percentiles (Spark's ApproximatePercentile): the values are doubles, the results are made of them in the type of the
 * argument; a decimal that does not fit is null. A greater accuracy costs memory; 1 / accuracy is the error in rank.
 */
export class ApproxPercentileLane<T> implements Lane {
  readonly form: string;
  readonly #accuracy: number;
  readonly #resultOf: (value: number) => ExactInteger | null;
  readonly #summaries: (QuantileSummary | undefined)[] = [];

  constructor(accuracy: number, type: ValueType) {
    this.form = `approxPercentile ${accuracy}`;
    this.#accuracy = accuracy;
    this.#resultOf = resultMaker(type);
  }

  add(slot: number, value: number): void {
    this.#summary(slot).add(value);
  }

  at(slot: number, percentage: number): T | null {
    return this.allAt(slot, [percentage])?.[0] ?? null;
  }

  allAt(slot: number, percentages: readonly number[]): readonly T[] | null {
    const values = percentages.length === 0 ? undefined : this.#summaries[slot]?.query(percentages);
    // What the descriptor says of the type.
    return values === undefined ? null : (values.map(this.#resultOf) as readonly unknown[] as readonly T[]);
  }

  ensure(): void {
    // Summaries are made as they are needed.
  }

  reset(slot: number): void {
    this.#summaries[slot] = undefined;
  }

  move(to: number, from: number): void {
    this.#summaries[to] = this.#summaries[from];
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof ApproxPercentileLane)) return foreignLane(this, from);
    const other = from.#summaries[fromSlot];
    if (other !== undefined) this.#summary(slot).merge(other);
  }

  write(slot: number, out: RowWriter): void {
    (this.#summaries[slot] ?? new QuantileSummary(1)).write(out);
  }

  read(slot: number, row: RowReader): void {
    this.reset(slot);
    this.#summary(slot).read(row);
  }

  #summary(slot: number): QuantileSummary {
    return (this.#summaries[slot] ??= new QuantileSummary(1 / this.#accuracy));
  }
}

/** A double in a type that it came from. */
function resultMaker(type: ValueType): (value: number) => ExactInteger | null {
  switch (type.kind) {
    case "long":
      return (value) => canonicalInteger(BigInt.asIntN(64, value >= 2 ** 63 ? 2n ** 63n - 1n : BigInt(value)));
    case "decimal":
      return (value) => tryDecimalFromDouble(value, type.precision, type.scale);
    default:
      return (value) => value;
  }
}

/** The lane of `percentile_approx`; the type is that of a result, `decimal(p,s)?` where it may not fit. */
export function approxPercentile<const D extends TypeDescriptor>(accuracy: number, type: D): ApproxPercentileLane<ValueOf<D>> {
  return new ApproxPercentileLane(accuracy, valueType(type));
}
