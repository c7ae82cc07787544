import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { NumbersLane } from "./numbers-lane.ts";

/** Count, mean and the second to fourth central moments of doubles, summed (Spark's CentralMomentAgg). Null without values, and where all are equal. */
export class MomentsLane extends NumbersLane {
  constructor() {
    super("moments", 5);
  }

  add(slot: number, value: number): void {
    const { values } = this;
    const at = slot * 5;
    const count = values[at]! + 1;
    const delta = value - values[at + 1]!;
    const step = delta / count;
    const second = values[at + 2]! + delta * (delta - step);
    const third = values[at + 3]! - 3 * step * second + delta * (delta * delta - step * step);
    const fourth = values[at + 4]! - 4 * step * third - 6 * step * step * second + delta * (delta * delta * delta - step * step * step);
    values[at] = count;
    values[at + 1]! += step;
    values[at + 2] = second;
    values[at + 3] = third;
    values[at + 4] = fourth;
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof MomentsLane)) return foreignLane(this, from);
    const { values } = this;
    const at = slot * 5;
    const other = fromSlot * 5;
    const own = values[at]!;
    const more = from.values[other]!;
    if (more === 0) return;
    const second = values[at + 2]!;
    const third = values[at + 3]!;
    const fourth = values[at + 4]!;
    const [second2, third2, fourth2] = [from.values[other + 2]!, from.values[other + 3]!, from.values[other + 4]!];
    const count = own + more;
    const delta = from.values[other + 1]! - values[at + 1]!;
    const step = delta / count;
    const both = own * more;
    values[at] = count;
    values[at + 1]! += step * more;
    values[at + 2] = second + second2 + delta * step * both;
    values[at + 3] = third + third2 + step * step * delta * both * (own - more) + 3 * step * (own * second2 - more * second);
    values[at + 4] =
      fourth + fourth2 + step * step * step * delta * both * (own * own - both + more * more) +
      6 * step * step * (own * own * second2 + more * more * second) + 4 * step * (own * third2 - more * third);
  }

  skewness(slot: number): number | null {
    const count = this.values[slot * 5]!;
    const second = this.values[slot * 5 + 2]!;
    const third = this.values[slot * 5 + 3]!;
    return second === 0 ? null : (Math.sqrt(count) * third) / Math.sqrt(second * second * second);
  }

  /** The excess over that of a normal distribution. */
  kurtosis(slot: number): number | null {
    const count = this.values[slot * 5]!;
    const second = this.values[slot * 5 + 2]!;
    const fourth = this.values[slot * 5 + 4]!;
    return second === 0 ? null : (count * fourth) / (second * second) - 3;
  }
}

/** The lane of `skewness` and `kurtosis`. */
export function moments(): MomentsLane {
  return new MomentsLane();
}
