import { nullTest } from "../truth-test.ts";

/** `is not null` as a function. */
export const isnotnull = nullTest("isnotnull", "Whether a value is not null.", true);
