import { doubleStatistic } from "../double-statistic.ts";

export const stddevPop = doubleStatistic("stddev_pop", [], "The square root of `var_pop`.", 1, "variance", "stddevPop");
