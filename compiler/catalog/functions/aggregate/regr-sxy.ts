import { doubleStatistic } from "../double-statistic.ts";

export const regrSxy = doubleStatistic("regr_sxy", [], "The sum of the products of the deviations of y and x over the pairs: `regr_sxy(y, x)`.", 2, "regression", "sxy");
