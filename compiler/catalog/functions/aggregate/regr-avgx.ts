import { regressionMean } from "../regression-mean.ts";

export const regrAvgx = regressionMean("regr_avgx", "The mean of x over the pairs in which neither is null: `regr_avgx(y, x)`.");
