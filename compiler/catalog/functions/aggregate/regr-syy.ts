import { doubleStatistic } from "../double-statistic.ts";

export const regrSyy = doubleStatistic("regr_syy", [], "The sum of the squared deviations of y over the pairs: `regr_syy(y, x)`.", 2, "regression", "syy");
