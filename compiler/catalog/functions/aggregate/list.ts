import type { AggregateFunction } from "../aggregate-function.ts";
import { avg } from "./avg.ts";
import { count } from "./count.ts";
import { max } from "./max.ts";
import { min } from "./min.ts";
import { sum } from "./sum.ts";

/** The aggregates; one line each, sorted. */
export const aggregateFunctions: readonly AggregateFunction[] = [
  avg,
  count,
  max,
  min,
  sum,
];
