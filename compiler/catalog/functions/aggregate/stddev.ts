import { doubleStatistic } from "../double-statistic.ts";

export const stddev = doubleStatistic("stddev", ["std", "stddev_samp"], "The square root of `variance`.", 1, "variance", "stddevSamp");
