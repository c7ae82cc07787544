import { nullTest } from "../truth-test.ts";

/** `is null` as a function. */
export const isnull = nullTest("isnull", "Whether a value is null.", false);
