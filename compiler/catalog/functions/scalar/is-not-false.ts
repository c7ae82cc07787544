import { truthTest } from "../truth-test.ts";

export const isNotFalse = truthTest("is not false", "Whether a boolean is true or null.", false, true);
