import { nullTest } from "../truth-test.ts";

export const isNull = nullTest("is null", "Whether a value is null.", false);
