import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import { grown } from "../grown.ts";
import type { Lane } from "./lane.ts";

// Smallest and largest of ints, dates, timestamps and durations, which are never NaN: NaN marks a slot without a value, and no
// comparison with it holds.

/** The smallest number; null where there were none. */
export class MinNumberLane implements Lane {
  readonly form = "minNumber";
  #values: Float64Array = new Float64Array(0);

  add(slot: number, value: number): void {
    if (!(this.#values[slot]! <= value)) this.#values[slot] = value;
  }

  /** Whether a better value is there than this one. */
  isBeaten(slot: number, value: number): boolean {
    return this.#values[slot]! < value;
  }

  get(slot: number): number | null {
    const value = this.#values[slot]!;
    return value !== value ? null : value;
  }

  ensure(capacity: number): void {
    this.#values = grown(this.#values, capacity, NaN);
  }

  reset(slot: number): void {
    this.#values[slot] = NaN;
  }

  move(to: number, from: number): void {
    this.#values[to] = this.#values[from]!;
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof MinNumberLane)) return foreignLane(this, from);
    const value = from.get(fromSlot);
    if (value !== null) this.add(slot, value);
  }

  write(slot: number, out: RowWriter): void {
    writeNumber(this.get(slot), out);
  }

  read(slot: number, row: RowReader): void {
    this.#values[slot] = row.readNull() ? NaN : row.readNumber();
  }
}

/** The largest number; null where there were none. */
export class MaxNumberLane implements Lane {
  readonly form = "maxNumber";
  #values: Float64Array = new Float64Array(0);

  add(slot: number, value: number): void {
    if (!(this.#values[slot]! >= value)) this.#values[slot] = value;
  }

  /** Whether a better value is there than this one. */
  isBeaten(slot: number, value: number): boolean {
    return this.#values[slot]! > value;
  }

  get(slot: number): number | null {
    const value = this.#values[slot]!;
    return value !== value ? null : value;
  }

  ensure(capacity: number): void {
    this.#values = grown(this.#values, capacity, NaN);
  }

  reset(slot: number): void {
    this.#values[slot] = NaN;
  }

  move(to: number, from: number): void {
    this.#values[to] = this.#values[from]!;
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof MaxNumberLane)) return foreignLane(this, from);
    const value = from.get(fromSlot);
    if (value !== null) this.add(slot, value);
  }

  write(slot: number, out: RowWriter): void {
    writeNumber(this.get(slot), out);
  }

  read(slot: number, row: RowReader): void {
    this.#values[slot] = row.readNull() ? NaN : row.readNumber();
  }
}

function writeNumber(value: number | null, out: RowWriter): void {
  if (value === null) out.writeNull();
  else out.writeNumber(value);
}

/** The lane of `min` over ints, dates, timestamps and durations. */
export function minNumber(): MinNumberLane {
  return new MinNumberLane();
}

/** The lane of `max` over ints, dates, timestamps and durations. */
export function maxNumber(): MaxNumberLane {
  return new MaxNumberLane();
}
