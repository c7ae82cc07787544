import { nullTest } from "../truth-test.ts";

export const isNotNull = nullTest("is not null", "Whether a value is not null.", true);
