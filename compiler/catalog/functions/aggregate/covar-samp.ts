import { doubleStatistic } from "../double-statistic.ts";

export const covarSamp = doubleStatistic("covar_samp", [], "The covariance of the pairs in which neither is null, over one less than their number; null for fewer than two.", 2, "regression", "covarSamp");
