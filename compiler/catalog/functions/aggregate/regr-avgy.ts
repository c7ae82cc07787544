import { regressionMean } from "../regression-mean.ts";

export const regrAvgy = regressionMean("regr_avgy", "The mean of y over the pairs in which neither is null: `regr_avgy(y, x)`.");
