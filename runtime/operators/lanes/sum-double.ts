import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import { grown } from "../grown.ts";
import type { Lane } from "./lane.ts";

/** −0 changes no sum, and no sum of `value + 0` is −0: so it marks a slot to which nothing was added. */
const empty: number = -0;

/** A sum of doubles, in the order of the rows; null where there were none. */
export class SumDoubleLane implements Lane {
  readonly form = "sumDouble";
  #values: Float64Array = new Float64Array(0);

  add(slot: number, value: number): void {
    this.#values[slot]! += value + 0;
  }

  get(slot: number): number | null {
    const sum = this.#values[slot]!;
    return Object.is(sum, empty) ? null : sum;
  }

  ensure(capacity: number): void {
    this.#values = grown(this.#values, capacity, empty);
  }

  reset(slot: number): void {
    this.#values[slot] = empty;
  }

  move(to: number, from: number): void {
    this.#values[to] = this.#values[from]!;
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof SumDoubleLane)) return foreignLane(this, from);
    this.#values[slot]! += from.#values[fromSlot]!;
  }

  write(slot: number, out: RowWriter): void {
    out.writeNumber(this.#values[slot]!);
  }

  read(slot: number, row: RowReader): void {
    this.#values[slot] = row.readNumber();
  }
}

/** The lane of `sum` over doubles. */
export function sumDouble(): SumDoubleLane {
  return new SumDoubleLane();
}
