import { doubleStatistic } from "../double-statistic.ts";

export const covarPop = doubleStatistic("covar_pop", [], "The covariance of the pairs in which neither is null, over their number.", 2, "regression", "covarPop");
