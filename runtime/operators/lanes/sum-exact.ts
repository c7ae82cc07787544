import { RowError } from "../../errors/row-error.ts";
import { addExact, type ExactInteger, fitsLong, fitsPrecision } from "../../functions/exact-integer.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { ExactSlots } from "./exact-slots.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";

/** An exact sum of canonical longs or decimals of one scale; null where there were none. A sum that leaves the result's type is an error. */
export class SumExactLane implements Lane {
  readonly form: string;
  readonly #fits: (sum: ExactInteger) => boolean;
  readonly #slots = new ExactSlots();

  constructor(form: string, fits: (sum: ExactInteger) => boolean) {
    this.form = form;
    this.#fits = fits;
  }

  add(slot: number, value: ExactInteger): void {
    const slots = this.#slots;
    if (typeof value === "number") {
      const before = slots.fast(slot);
      // An empty slot is NaN, which the sum is then too.
      const sum = before !== before ? value : before + value;
      if (Number.isSafeInteger(sum)) {
        slots.setFast(slot, sum);
        return;
      }
    }
    this.#addSlowly(slot, value);
  }

  get(slot: number): ExactInteger | null {
    return this.#slots.get(slot);
  }

  ensure(capacity: number): void {
    this.#slots.ensure(capacity);
  }

  reset(slot: number): void {
    this.#slots.reset(slot);
  }

  move(to: number, from: number): void {
    this.#slots.move(to, from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof SumExactLane)) return foreignLane(this, from);
    const value = from.#slots.get(fromSlot);
    if (value !== null) this.add(slot, value);
  }

  mergeEach(slots: Int32Array, from: Lane, fromSlots: Int32Array): void {
    if (!(from instanceof SumExactLane)) return foreignLane(this, from);
    const into = this.#slots;
    const values = from.#slots;
    for (let n = 0; n < slots.length; n++) {
      const slot = slots[n]!;
      const value = values.fast(fromSlots[n]!);
      const before = into.fast(slot);
      const sum = before !== before ? value : before + value;
      // Neither NaN nor an infinity, which stand for what is not there and what is elsewhere.
      if (Number.isSafeInteger(sum)) into.setFast(slot, sum);
      else this.merge(slot, from, fromSlots[n]!);
    }
  }

  write(slot: number, out: RowWriter): void {
    this.#slots.write(slot, out);
  }

  read(slot: number, row: RowReader): void {
    this.#slots.read(slot, row);
  }

  #addSlowly(slot: number, value: ExactInteger): void {
    const sum = addExact(this.#slots.get(slot) ?? 0, value);
    if (!this.#fits(sum)) throw new RowError("ARITHMETIC_OVERFLOW", `the sum ${sum} does not fit the type of ${this.form}`);
    this.#slots.set(slot, sum);
  }
}

/** The lane of `sum` over ints and longs. */
export function sumLong(): SumExactLane {
  return new SumExactLane("sumLong", fitsLong);
}

/** The lane of `sum` over decimals of one scale; `precision` and `scale` are the result's. */
export function sumDecimal(precision: number, scale: number): SumExactLane {
  return new SumExactLane(`sumDecimal(${precision},${scale})`, (sum) => fitsPrecision(sum, precision));
}
