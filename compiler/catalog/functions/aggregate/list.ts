import type { AggregateFunction } from "../aggregate-function.ts";
import { approxCountDistinct } from "./approx-count-distinct.ts";
import { avg } from "./avg.ts";
import { bitAnd } from "./bit-and.ts";
import { bitOr } from "./bit-or.ts";
import { bitXor } from "./bit-xor.ts";
import { boolAnd } from "./bool-and.ts";
import { boolOr } from "./bool-or.ts";
import { collectList } from "./collect-list.ts";
import { collectSet } from "./collect-set.ts";
import { corr } from "./corr.ts";
import { count } from "./count.ts";
import { countIf } from "./count-if.ts";
import { covarPop } from "./covar-pop.ts";
import { covarSamp } from "./covar-samp.ts";
import { first } from "./first.ts";
import { kurtosis } from "./kurtosis.ts";
import { last } from "./last.ts";
import { max } from "./max.ts";
import { maxBy } from "./max-by.ts";
import { median } from "./median.ts";
import { min } from "./min.ts";
import { minBy } from "./min-by.ts";
import { mode } from "./mode.ts";
import { percentile } from "./percentile.ts";
import { percentileApprox } from "./percentile-approx.ts";
import { percentileDisc } from "./percentile-disc.ts";
import { regrAvgx } from "./regr-avgx.ts";
import { regrAvgy } from "./regr-avgy.ts";
import { regrCount } from "./regr-count.ts";
import { regrIntercept } from "./regr-intercept.ts";
import { regrR2 } from "./regr-r2.ts";
import { regrSlope } from "./regr-slope.ts";
import { regrSxx } from "./regr-sxx.ts";
import { regrSxy } from "./regr-sxy.ts";
import { regrSyy } from "./regr-syy.ts";
import { skewness } from "./skewness.ts";
import { stddev } from "./stddev.ts";
import { stddevPop } from "./stddev-pop.ts";
import { stringAgg } from "./string-agg.ts";
import { sum } from "./sum.ts";
import { tryAvg } from "./try-avg.ts";
import { trySum } from "./try-sum.ts";
import { variance } from "./variance.ts";
import { varPop } from "./var-pop.ts";

/** The aggregates; one line each, sorted. */
export const aggregateFunctions: readonly AggregateFunction[] = [
  approxCountDistinct,
  avg,
  bitAnd,
  bitOr,
  bitXor,
  boolAnd,
  boolOr,
  collectList,
  collectSet,
  corr,
  count,
  countIf,
  covarPop,
  covarSamp,
  first,
  kurtosis,
  last,
  max,
  maxBy,
  median,
  min,
  minBy,
  mode,
  percentile,
  percentileApprox,
  percentileDisc,
  regrAvgx,
  regrAvgy,
  regrCount,
  regrIntercept,
  regrR2,
  regrSlope,
  regrSxx,
  regrSxy,
  regrSyy,
  skewness,
  stddev,
  stddevPop,
  stringAgg,
  sum,
  tryAvg,
  trySum,
  variance,
  varPop,
];
