import { compareBound, type Bound, type LeafStatistics } from "./leaf-statistics.ts";
import type { RowGroupTest, TestValue } from "./row-group-test.ts";

/** Relative: decimals are bounded by doubles, which a few operations have rounded. */
const slack = 1e-12;

/** Whether statistics say that no row of a row group passes a test. */
export function failsEverywhere(test: RowGroupTest, statistics: LeafStatistics, rows: number): boolean {
  const { nulls } = statistics;
  if (test[1] === "is null") return nulls === 0;
  // A comparison with null is never true.
  if (nulls === rows) return true;
  switch (test[1]) {
    case "is not null":
      return false;
    case "in":
      return test[2].every((value) => isOutside("=", value, statistics));
    default:
      return isOutside(test[1], test[2], statistics);
  }
}

function isOutside(test: "=" | "<" | "<=" | ">" | ">=", value: TestValue, { least, greatest, isNear, mayHaveNaN }: LeafStatistics): boolean {
  const below = least === undefined ? undefined : compareBound(lowered(least, isNear), value);
  const above = greatest === undefined ? undefined : compareBound(raised(greatest, isNear), value);
  switch (test) {
    case "<":
      return below !== undefined && below >= 0;
    case "<=":
      return below !== undefined && below > 0;
    case ">":
      return !mayHaveNaN && above !== undefined && above <= 0;
    case ">=":
      return !mayHaveNaN && above !== undefined && above < 0;
    case "=":
      return (below !== undefined && below > 0) || (above !== undefined && above < 0);
  }
}

function lowered(bound: Bound, isNear: boolean): Bound {
  return isNear && typeof bound === "number" ? bound - Math.abs(bound) * slack : bound;
}

function raised(bound: Bound, isNear: boolean): Bound {
  return isNear && typeof bound === "number" ? bound + Math.abs(bound) * slack : bound;
}
