import { truthTest } from "../truth-test.ts";

export const isNotTrue = truthTest("is not true", "Whether a boolean is false or null.", true, true);
