import { divideDecimal } from "../../functions/decimal-arithmetic.ts";
import type { ExactInteger } from "../../functions/exact-integer.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { CountLane } from "./count.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { type SumExactLane, sumDecimal } from "./sum-exact.ts";

/** A mean of decimals: an exact sum of at most ten digits more, divided once; null where there were no values. */
export class AverageDecimalLane implements Lane {
  readonly form: string;
  readonly #sums: SumExactLane;
  readonly #counts = new CountLane();
  readonly #shift: number;
  readonly #precision: number;

  constructor(inputPrecision: number, inputScale: number, precision: number, scale: number) {
    this.form = `averageDecimal(${inputPrecision},${inputScale},${precision},${scale})`;
    this.#sums = sumDecimal(Math.min(inputPrecision + 10, 38), inputScale);
    this.#shift = scale - inputScale;
    this.#precision = precision;
  }

  add(slot: number, value: ExactInteger): void {
    this.#sums.add(slot, value);
    this.#counts.add(slot);
  }

  get(slot: number): ExactInteger | null {
    const sum = this.#sums.get(slot);
    if (sum === null) return null;
    return divideDecimal(sum, this.#counts.get(slot), this.#shift, this.#precision);
  }

  ensure(capacity: number): void {
    this.#sums.ensure(capacity);
    this.#counts.ensure(capacity);
  }

  reset(slot: number): void {
    this.#sums.reset(slot);
    this.#counts.reset(slot);
  }

  move(to: number, from: number): void {
    this.#sums.move(to, from);
    this.#counts.move(to, from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof AverageDecimalLane)) return foreignLane(this, from);
    this.#sums.merge(slot, from.#sums, fromSlot);
    this.#counts.merge(slot, from.#counts, fromSlot);
  }

  write(slot: number, out: RowWriter): void {
    this.#sums.write(slot, out);
    this.#counts.write(slot, out);
  }

  read(slot: number, row: RowReader): void {
    this.#sums.read(slot, row);
    this.#counts.read(slot, row);
  }
}

/** The lane of `avg` over decimals: the input's and the result's precision and scale. */
export function averageDecimal(inputPrecision: number, inputScale: number, precision: number, scale: number): AverageDecimalLane {
  return new AverageDecimalLane(inputPrecision, inputScale, precision, scale);
}
