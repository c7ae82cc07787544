import type { ExactInteger } from "../../functions/exact-integer.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { grown } from "../grown.ts";

/** Marks a slot whose value is in the side table. NaN marks an empty one. */
const aside = Infinity;

/** Canonical longs or decimals by slot: doubles for safe ones, a side table for what does not fit, and no object a slot. */
export class ExactSlots {
  #values: Float64Array = new Float64Array(0);
  readonly #large = new Map<number, bigint>();

  /** The value, or NaN for an empty slot, or an infinity where only `get` has it: for the fast path of a lane. */
  fast(slot: number): number {
    return this.#values[slot]!;
  }

  /** Only for a safe integer, into a slot for which `fast` gave no infinity. */
  setFast(slot: number, value: number): void {
    this.#values[slot] = value;
  }

  get(slot: number): ExactInteger | null {
    const value = this.#values[slot]!;
    if (value === aside) return this.#large.get(slot) ?? null;
    return value !== value ? null : value;
  }

  set(slot: number, value: ExactInteger): void {
    if (this.#values[slot] === aside) this.#large.delete(slot);
    if (typeof value === "number") {
      this.#values[slot] = value;
    } else {
      this.#values[slot] = aside;
      this.#large.set(slot, value);
    }
  }

  ensure(capacity: number): void {
    this.#values = grown(this.#values, capacity, NaN);
  }

  reset(slot: number): void {
    if (this.#values[slot] === aside) this.#large.delete(slot);
    this.#values[slot] = NaN;
  }

  move(to: number, from: number): void {
    const value = this.get(from);
    if (value !== null) this.set(to, value);
    this.reset(from);
  }

  write(slot: number, out: RowWriter): void {
    const value = this.get(slot);
    if (value === null) out.writeNull();
    else out.writeLong(value);
  }

  read(slot: number, row: RowReader): void {
    if (row.readNull()) this.reset(slot);
    else this.set(slot, row.readLong());
  }
}
