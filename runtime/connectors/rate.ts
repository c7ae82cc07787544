export { rateSource, type RateSourceOptions } from "./rate/source.ts";
