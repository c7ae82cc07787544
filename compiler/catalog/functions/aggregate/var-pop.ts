import { doubleStatistic } from "../double-statistic.ts";

export const varPop = doubleStatistic("var_pop", [], "The variance of the values that are not null, over their number; null where there are none (Spark's VariancePop).", 1, "variance", "variancePop");
