import { doubleStatistic } from "../double-statistic.ts";

export const variance = doubleStatistic("variance", ["var_samp"], "The variance of the values that are not null, over one less than their number; null for fewer than two (Spark's VarianceSamp).", 1, "variance", "varianceSamp");
