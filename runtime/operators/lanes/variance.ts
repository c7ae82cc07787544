import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { NumbersLane } from "./numbers-lane.ts";

/**
 * Count, mean and sum of squared deviations of doubles, updated by Welford's method and merged by Chan's (Spark's
 * CentralMomentAgg). Every result is null where there were no values, the sample ones where there was only one.
 */
export class VarianceLane extends NumbersLane {
  constructor() {
    super("variance", 3);
  }

  add(slot: number, value: number): void {
    const { values } = this;
    const at = slot * 3;
    const count = values[at]! + 1;
    const delta = value - values[at + 1]!;
    const step = delta / count;
    values[at] = count;
    values[at + 1]! += step;
    values[at + 2]! += delta * (delta - step);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof VarianceLane)) return foreignLane(this, from);
    const { values } = this;
    const at = slot * 3;
    const other = fromSlot * 3;
    const own = values[at]!;
    const more = from.values[other]!;
    if (more === 0) return;
    const count = own + more;
    const delta = from.values[other + 1]! - values[at + 1]!;
    const step = delta / count;
    values[at] = count;
    values[at + 1]! += step * more;
    values[at + 2]! += from.values[other + 2]! + delta * step * own * more;
  }

  variancePop(slot: number): number | null {
    const count = this.values[slot * 3]!;
    return count === 0 ? null : this.values[slot * 3 + 2]! / count;
  }

  varianceSamp(slot: number): number | null {
    const count = this.values[slot * 3]!;
    return count < 2 ? null : this.values[slot * 3 + 2]! / (count - 1);
  }

  stddevPop(slot: number): number | null {
    const variance = this.variancePop(slot);
    return variance === null ? null : Math.sqrt(variance);
  }

  stddevSamp(slot: number): number | null {
    const variance = this.varianceSamp(slot);
    return variance === null ? null : Math.sqrt(variance);
  }
}

/** The lane of `variance`, `stddev` and their relatives. */
export function variance(): VarianceLane {
  return new VarianceLane();
}
