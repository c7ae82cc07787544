import { distinctness } from "../distinctness.ts";

/** `is not distinct from` as a function. */
export const equalNull = distinctness("equal_null", "Whether two values are equal, null being equal to itself only.", true);
