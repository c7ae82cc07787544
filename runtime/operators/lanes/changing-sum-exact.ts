import type { Weight } from "../../changelog/change.ts";
import { RowError } from "../../errors/row-error.ts";
import { takenBackTooOften } from "../../errors/taken-back-too-often.ts";
import { divideDecimal } from "../../functions/decimal-arithmetic.ts";
import { addExact, type ExactInteger, fitsLong, fitsPrecision, subtractExact } from "../../functions/exact-integer.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { grown } from "../grown.ts";
import { ExactSlots } from "./exact-slots.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";

/** What is made of a sum and how many values it has, which are more than none. */
type ExactResult = (sum: ExactInteger, count: number) => ExactInteger;

/**
 * A sum or mean of canonical longs, or of decimals of one scale, of which values can be taken back; null where nothing remains. A result that leaves its type is an error when
 * it is read: what comes and goes within a batch may be larger.
 */
export class ChangingSumExactLane implements Lane {
  readonly form: string;
  readonly #result: ExactResult;
  #counts: Float64Array = new Float64Array(0);
  readonly #sums = new ExactSlots();

  constructor(form: string, result: ExactResult) {
    this.form = form;
    this.#result = result;
  }

  add(slot: number, value: ExactInteger): void {
    this.change(slot, 1, value);
  }

  change(slot: number, weight: Weight, value: ExactInteger): void {
    const count = (this.#counts[slot]! += weight);
    if (count <= 0) {
      if (count < 0) takenBackTooOften(`a value of ${this.form}`);
      this.#sums.reset(slot);
      return;
    }
    const sums = this.#sums;
    if (typeof value === "number") {
      const before = sums.fast(slot);
      // An empty slot is NaN, which the sum is then too.
      const sum = before !== before ? weight * value : before + weight * value;
      if (Number.isSafeInteger(sum)) {
        sums.setFast(slot, sum + 0);
        return;
      }
    }
    const before = sums.get(slot) ?? 0;
    sums.set(slot, weight > 0 ? addExact(before, value) : subtractExact(before, value));
  }

  get(slot: number): ExactInteger | null {
    const sum = this.#sums.get(slot);
    return sum === null ? null : this.#result(sum, this.#counts[slot]!);
  }

  ensure(capacity: number): void {
    this.#counts = grown(this.#counts, capacity, 0);
    this.#sums.ensure(capacity);
  }

  reset(slot: number): void {
    this.#counts[slot] = 0;
    this.#sums.reset(slot);
  }

  move(to: number, from: number): void {
    this.#counts[to] = this.#counts[from]!;
    this.#counts[from] = 0;
    this.#sums.move(to, from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof ChangingSumExactLane) || from.form !== this.form) return foreignLane(this, from);
    const sum = from.#sums.get(fromSlot);
    if (sum === null) return;
    this.#counts[slot]! += from.#counts[fromSlot]!;
    this.#sums.set(slot, addExact(this.#sums.get(slot) ?? 0, sum));
  }

  write(slot: number, out: RowWriter): void {
    out.writeNumber(this.#counts[slot]!);
    this.#sums.write(slot, out);
  }

  read(slot: number, row: RowReader): void {
    this.#counts[slot] = row.readNumber();
    this.#sums.read(slot, row);
  }
}

/** The lane of `sum` over ints and longs, of which values may be taken back. */
export function changingSumLong(): ChangingSumExactLane {
  return new ChangingSumExactLane("changingSumLong", (sum) => (fitsLong(sum) ? sum : overflow(sum, "a long")));
}

/** The lane of `sum` over decimals of one scale; `precision` and `scale` are the result's. */
export function changingSumDecimal(precision: number, scale: number): ChangingSumExactLane {
  return new ChangingSumExactLane(`changingSumDecimal(${precision},${scale})`, (sum) => within(sum, precision, scale));
}

/** The lane of `avg` over decimals: the input's and the result's precision and scale. */
export function changingAverageDecimal(inputPrecision: number, inputScale: number, precision: number, scale: number): ChangingSumExactLane {
  const form = `changingAverageDecimal(${inputPrecision},${inputScale},${precision},${scale})`;
  const sumPrecision = Math.min(inputPrecision + 10, 38);
  return new ChangingSumExactLane(form, (sum, count) => divideDecimal(within(sum, sumPrecision, inputScale), count, scale - inputScale, precision));
}

function within(sum: ExactInteger, precision: number, scale: number): ExactInteger {
  return fitsPrecision(sum, precision) ? sum : overflow(sum, `decimal(${precision},${scale})`);
}

function overflow(sum: ExactInteger, type: string): never {
  throw new RowError("ARITHMETIC_OVERFLOW", `the sum ${sum} does not fit ${type}`);
}
