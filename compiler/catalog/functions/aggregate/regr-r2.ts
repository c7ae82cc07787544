import { doubleStatistic } from "../double-statistic.ts";

export const regrR2 = doubleStatistic("regr_r2", [], "The share of y's variance that the line of least squares explains: `regr_r2(y, x)`.", 2, "regression", "r2");
