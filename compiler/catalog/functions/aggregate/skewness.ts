import { doubleStatistic } from "../double-statistic.ts";

export const skewness = doubleStatistic("skewness", [], "How far the distribution of the values leans to one side: negative to the left; null where all are equal (Spark's Skewness).", 1, "moments", "skewness");
