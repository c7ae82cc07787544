import { rounding } from "../rounding.ts";

/** Rounded half to even, to whole numbers or to so many places behind the point. */
export const bround = rounding("bround", "Rounded half to even, to whole numbers or to so many places behind the point (Spark's BRound).");
