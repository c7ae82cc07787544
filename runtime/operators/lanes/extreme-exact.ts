import type { ExactInteger } from "../../functions/exact-integer.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { ExactSlots } from "./exact-slots.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";

/** The smallest or largest of canonical longs or of decimals of one scale; null where there were none. */
export class ExtremeExactLane implements Lane {
  readonly form: string;
  readonly #sign: 1 | -1;
  readonly #slots = new ExactSlots();

  constructor(form: string, sign: 1 | -1) {
    this.form = form;
    this.#sign = sign;
  }

  add(slot: number, value: ExactInteger): void {
    const best = this.#slots.get(slot);
    if (best === null || (this.#sign > 0 ? value > best : value < best)) this.#slots.set(slot, value);
  }

  /** Whether a better value is there than this one. */
  isBeaten(slot: number, value: ExactInteger): boolean {
    const best = this.#slots.get(slot);
    return best !== null && (this.#sign > 0 ? best > value : best < value);
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
    if (!(from instanceof ExtremeExactLane)) return foreignLane(this, from);
    const value = from.get(fromSlot);
    if (value !== null) this.add(slot, value);
  }

  write(slot: number, out: RowWriter): void {
    this.#slots.write(slot, out);
  }

  read(slot: number, row: RowReader): void {
    this.#slots.read(slot, row);
  }
}

/** The lane of `min` over longs. */
export function minLong(): ExtremeExactLane {
  return new ExtremeExactLane("minLong", -1);
}

/** The lane of `max` over longs. */
export function maxLong(): ExtremeExactLane {
  return new ExtremeExactLane("maxLong", 1);
}

/** The lane of `min` over decimals of one scale. */
export function minDecimal(precision: number, scale: number): ExtremeExactLane {
  return new ExtremeExactLane(`minDecimal(${precision},${scale})`, -1);
}

/** The lane of `max` over decimals of one scale. */
export function maxDecimal(precision: number, scale: number): ExtremeExactLane {
  return new ExtremeExactLane(`maxDecimal(${precision},${scale})`, 1);
}
