import { doubleStatistic } from "../double-statistic.ts";

export const corr = doubleStatistic("corr", [], "Pearson's correlation of the pairs in which neither is null; null for fewer than two, and where one side does not vary.", 2, "regression", "corr");
