import { doubleStatistic } from "../double-statistic.ts";

export const kurtosis = doubleStatistic("kurtosis", [], "How heavy the tails of the distribution of the values are, less 3; null where all are equal (Spark's Kurtosis).", 1, "moments", "kurtosis");
