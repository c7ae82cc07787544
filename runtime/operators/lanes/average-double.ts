import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import { grown } from "../grown.ts";
import type { Lane } from "./lane.ts";

/** A mean as a double: of doubles, and of ints and longs that were made doubles; null where there were no values. */
export class AverageDoubleLane implements Lane {
  readonly form = "averageDouble";
  #sums: Float64Array = new Float64Array(0);
  #counts: Float64Array = new Float64Array(0);

  add(slot: number, value: number): void {
    this.#sums[slot]! += value;
    this.#counts[slot]!++;
  }

  get(slot: number): number | null {
    const count = this.#counts[slot]!;
    return count === 0 ? null : this.#sums[slot]! / count;
  }

  ensure(capacity: number): void {
    this.#sums = grown(this.#sums, capacity, 0);
    this.#counts = grown(this.#counts, capacity, 0);
  }

  reset(slot: number): void {
    this.#sums[slot] = 0;
    this.#counts[slot] = 0;
  }

  move(to: number, from: number): void {
    this.#sums[to] = this.#sums[from]!;
    this.#counts[to] = this.#counts[from]!;
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof AverageDoubleLane)) return foreignLane(this, from);
    this.#sums[slot]! += from.#sums[fromSlot]!;
    this.#counts[slot]! += from.#counts[fromSlot]!;
  }

  write(slot: number, out: RowWriter): void {
    out.writeNumber(this.#sums[slot]!);
    out.writeNumber(this.#counts[slot]!);
  }

  read(slot: number, row: RowReader): void {
    this.#sums[slot] = row.readNumber();
    this.#counts[slot] = row.readNumber();
  }
}

/** A mean of durations in whole microseconds, halves away from zero. */
export class AverageDurationLane extends AverageDoubleLane {
  override get(slot: number): number | null {
    const mean = super.get(slot);
    return mean === null ? null : Math.sign(mean) * Math.round(Math.abs(mean)) + 0;
  }
}

/** The lane of `avg` over durations. */
export function averageDuration(): AverageDurationLane {
  return new AverageDurationLane();
}

/** The lane of `avg` where its result is a double. */
export function averageDouble(): AverageDoubleLane {
  return new AverageDoubleLane();
}
