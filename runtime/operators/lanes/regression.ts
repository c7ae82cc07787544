import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";
import { NumbersLane } from "./numbers-lane.ts";

/**
 * Pairs of doubles: their count, both means, both sums of squared deviations and that of the products (Spark's Covariance,
 * PearsonCorrelation and linear regressions). The first of a pair is the dependent variable `y`, the second `x`, where that
 * matters. Results are null without pairs, and where a quotient would be 0 / 0.
 */
export class RegressionLane extends NumbersLane {
  constructor() {
    super("regression", 6);
  }

  add(slot: number, y: number, x: number): void {
    const { values } = this;
    const at = slot * 6;
    const count = values[at]! + 1;
    const fromY = y - values[at + 1]!;
    const fromX = x - values[at + 2]!;
    const meanY = values[at + 1]! + fromY / count;
    const meanX = values[at + 2]! + fromX / count;
    values[at] = count;
    values[at + 1] = meanY;
    values[at + 2] = meanX;
    values[at + 3]! += fromY * (y - meanY);
    values[at + 4]! += fromX * (x - meanX);
    values[at + 5]! += fromY * (x - meanX);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof RegressionLane)) return foreignLane(this, from);
    const { values } = this;
    const at = slot * 6;
    const other = fromSlot * 6;
    const own = values[at]!;
    const more = from.values[other]!;
    if (more === 0) return;
    const count = own + more;
    const fromY = from.values[other + 1]! - values[at + 1]!;
    const fromX = from.values[other + 2]! - values[at + 2]!;
    const stepY = fromY / count;
    const stepX = fromX / count;
    values[at] = count;
    values[at + 1]! += stepY * more;
    values[at + 2]! += stepX * more;
    values[at + 3]! += from.values[other + 3]! + fromY * stepY * own * more;
    values[at + 4]! += from.values[other + 4]! + fromX * stepX * own * more;
    values[at + 5]! += from.values[other + 5]! + fromY * stepX * own * more;
  }

  covarPop(slot: number): number | null {
    const count = this.values[slot * 6]!;
    return count === 0 ? null : this.#sxyOf(slot) / count;
  }

  covarSamp(slot: number): number | null {
    const count = this.values[slot * 6]!;
    return count < 2 ? null : this.#sxyOf(slot) / (count - 1);
  }

  corr(slot: number): number | null {
    const product = Math.sqrt(this.#syyOf(slot) * this.#sxxOf(slot));
    return this.values[slot * 6]! < 2 || product === 0 ? null : this.#sxyOf(slot) / product;
  }

  /** The share of the variance of `y` that the regression explains: 1 where `y` has none. */
  r2(slot: number): number | null {
    const syy = this.#syyOf(slot);
    const sxx = this.#sxxOf(slot);
    const sxy = this.#sxyOf(slot);
    if (this.values[slot * 6]! < 2 || sxx === 0) return null;
    return syy === 0 ? 1 : (sxy * sxy) / sxx / syy;
  }

  slope(slot: number): number | null {
    const sxx = this.#sxxOf(slot);
    return this.values[slot * 6]! < 2 || sxx === 0 ? null : this.#sxyOf(slot) / sxx;
  }

  intercept(slot: number): number | null {
    const slope = this.slope(slot);
    return slope === null ? null : this.values[slot * 6 + 1]! - slope * this.values[slot * 6 + 2]!;
  }

  syy(slot: number): number | null {
    return this.values[slot * 6] === 0 ? null : this.#syyOf(slot);
  }

  sxx(slot: number): number | null {
    return this.values[slot * 6] === 0 ? null : this.#sxxOf(slot);
  }

  sxy(slot: number): number | null {
    return this.values[slot * 6] === 0 ? null : this.#sxyOf(slot);
  }

  #sxyOf(slot: number): number {
    return this.values[slot * 6 + 5]!;
  }

  #syyOf(slot: number): number {
    return this.values[slot * 6 + 3]!;
  }

  #sxxOf(slot: number): number {
    return this.values[slot * 6 + 4]!;
  }
}

/** The lane of `corr`, `covar_pop`, `covar_samp` and the `regr_…` functions. */
export function regression(): RegressionLane {
  return new RegressionLane();
}
