import type { Weight } from "../../changelog/change.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import { grown } from "../grown.ts";
import type { Lane } from "./lane.ts";

/** How many rows reached each group. */
export class CountLane implements Lane {
  readonly form: string;
  #values: Float64Array = new Float64Array(0);

  constructor(form: string = "count") {
    this.form = form;
  }

  add(slot: number): void {
    this.#values[slot]!++;
  }

  /** Counts a row or takes one back, whatever its values are. */
  change(slot: number, weight: Weight, ..._values: readonly unknown[]): void {
    this.#values[slot]! += weight;
  }

  get(slot: number): number {
    return this.#values[slot]!;
  }

  ensure(capacity: number): void {
    this.#values = grown(this.#values, capacity, 0);
  }

  reset(slot: number): void {
    this.#values[slot] = 0;
  }

  move(to: number, from: number): void {
    this.#values[to] = this.#values[from]!;
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof CountLane)) return foreignLane(this, from);
    this.#values[slot]! += from.#values[fromSlot]!;
  }

  mergeEach(slots: Int32Array, from: Lane, fromSlots: Int32Array): void {
    if (!(from instanceof CountLane)) return foreignLane(this, from);
    const into = this.#values;
    const values = from.#values;
    for (let n = 0; n < slots.length; n++) into[slots[n]!]! += values[fromSlots[n]!]!;
  }

  write(slot: number, out: RowWriter): void {
    out.writeNumber(this.#values[slot]!);
  }

  read(slot: number, row: RowReader): void {
    this.#values[slot] = row.readNumber();
  }
}

/** The lane of `count`. */
export function count(): CountLane {
  return new CountLane();
}
