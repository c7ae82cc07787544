import { doubleStatistic } from "../double-statistic.ts";

export const regrSlope = doubleStatistic("regr_slope", [], "The slope of the line of least squares through the pairs: `regr_slope(y, x)`; null where x does not vary.", 2, "regression", "slope");
