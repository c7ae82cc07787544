import { exactPercentile } from "../exact-percentile.ts";

export const percentileDisc = exactPercentile("percentile_disc", [], "The smallest value that at least a share of the values does not exceed. Every different value is kept.");
