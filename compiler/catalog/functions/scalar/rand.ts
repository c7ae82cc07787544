import { randomFunction } from "../random-function.ts";

/** A random number from 0 up to 1. */
export const rand = randomFunction("rand", ["random"], "nextRandom", "A random number from 0 up to but not including 1; a batch that is run again draws the same ones.");
