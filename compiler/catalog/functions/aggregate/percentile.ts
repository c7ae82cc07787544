import { exactPercentile } from "../exact-percentile.ts";

export const percentile = exactPercentile("percentile", ["percentile_cont"], "The value at a share of the way from the smallest to the largest, between two neighbours in proportion; an array of shares gives an array. Every different value is kept.");
