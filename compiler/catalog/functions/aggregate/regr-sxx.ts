import { doubleStatistic } from "../double-statistic.ts";

export const regrSxx = doubleStatistic("regr_sxx", [], "The sum of the squared deviations of x over the pairs: `regr_sxx(y, x)`.", 2, "regression", "sxx");
