import type { Weight } from "../../changelog/change.ts";
import { takenBackTooOften } from "../../errors/taken-back-too-often.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { grown } from "../grown.ts";
import { ExactDouble } from "./exact-double.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";

/** What is made of a sum and how many values it has, which are more than none. */
type DoubleResult = (sum: number, count: number) => number;

/**
 * A sum or mean of doubles of which values can be taken back: it is kept without rounding, so that what remains does not depend on what came and went; null where nothing
 * remains. Whole numbers (of ints, longs, durations) cost no more than a number a slot.
 */
export class ChangingSumDoubleLane implements Lane {
  readonly form: string;
  readonly #result: DoubleResult;
  #counts: Float64Array = new Float64Array(0);
  /** Sums that are safe integers; NaN where the sum is in the side table. */
  #sums: Float64Array = new Float64Array(0);
  readonly #exact = new Map<number, ExactDouble>();

  constructor(form: string, result: DoubleResult) {
    this.form = form;
    this.#result = result;
  }

  add(slot: number, value: number): void {
    this.change(slot, 1, value);
  }

  change(slot: number, weight: Weight, value: number): void {
    const count = (this.#counts[slot]! += weight);
    if (count <= 0) {
      if (count < 0) takenBackTooOften(`a value of ${this.form}`);
      this.reset(slot);
      return;
    }
    const sum = this.#sums[slot]! + weight * value;
    if (Number.isSafeInteger(value) && Number.isSafeInteger(sum)) this.#sums[slot] = sum + 0;
    else this.#exactOf(slot).change(weight, value);
  }

  get(slot: number): number | null {
    const count = this.#counts[slot]!;
    return count === 0 ? null : this.#result(this.#exact.get(slot)?.value ?? this.#sums[slot]!, count);
  }

  ensure(capacity: number): void {
    this.#counts = grown(this.#counts, capacity, 0);
    this.#sums = grown(this.#sums, capacity, 0);
  }

  reset(slot: number): void {
    this.#counts[slot] = 0;
    this.#sums[slot] = 0;
    this.#exact.delete(slot);
  }

  move(to: number, from: number): void {
    this.#counts[to] = this.#counts[from]!;
    this.#sums[to] = this.#sums[from]!;
    const exact = this.#exact.get(from);
    if (exact !== undefined) this.#exact.set(to, exact);
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof ChangingSumDoubleLane) || from.form !== this.form) return foreignLane(this, from);
    this.#counts[slot]! += from.#counts[fromSlot]!;
    const exact = from.#exact.get(fromSlot);
    const sum = this.#sums[slot]! + from.#sums[fromSlot]!;
    if (Number.isSafeInteger(sum)) this.#sums[slot] = sum;
    else if (exact !== undefined) this.#exactOf(slot).merge(exact);
    else this.#exactOf(slot).change(1, from.#sums[fromSlot]!);
  }

  write(slot: number, out: RowWriter): void {
    out.writeNumber(this.#counts[slot]!);
    const exact = this.#exact.get(slot);
    if (exact === undefined) {
      out.writeNumber(this.#sums[slot]!);
    } else {
      out.writeNull();
      exact.write(out);
    }
  }

  read(slot: number, row: RowReader): void {
    this.reset(slot);
    this.#counts[slot] = row.readNumber();
    if (row.readNull()) this.#exactOf(slot).read(row);
    else this.#sums[slot] = row.readNumber();
  }

  /** The sum in the side table, where it is put now if it was not there. */
  #exactOf(slot: number): ExactDouble {
    let exact = this.#exact.get(slot);
    if (exact === undefined) {
      this.#exact.set(slot, (exact = new ExactDouble()));
      exact.change(1, this.#sums[slot]!);
      this.#sums[slot] = NaN;
    }
    return exact;
  }
}

/** The lane of `sum` over doubles and durations, of which values may be taken back. */
export function changingSumDouble(): ChangingSumDoubleLane {
  return new ChangingSumDoubleLane("changingSumDouble", (sum) => sum);
}

/** The lane of `avg` where its result is a double. */
export function changingAverageDouble(): ChangingSumDoubleLane {
  return new ChangingSumDoubleLane("changingAverageDouble", (sum, count) => sum / count);
}

/** The lane of `avg` over durations: whole microseconds, halves away from zero. */
export function changingAverageDuration(): ChangingSumDoubleLane {
  return new ChangingSumDoubleLane("changingAverageDuration", (sum, count) => Math.sign(sum) * Math.round(Math.abs(sum / count)) + 0);
}
