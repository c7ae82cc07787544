import { randomFunction } from "../random-function.ts";

/** A random number of the standard normal distribution. */
export const randn = randomFunction("randn", [], "nextNormal", "A random number of the standard normal distribution; a batch that is run again draws the same ones.");
