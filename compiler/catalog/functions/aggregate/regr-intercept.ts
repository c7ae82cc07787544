import { doubleStatistic } from "../double-statistic.ts";

export const regrIntercept = doubleStatistic("regr_intercept", [], "Where the line of least squares through the pairs crosses x = 0: `regr_intercept(y, x)`.", 2, "regression", "intercept");
