import { truthTest } from "../truth-test.ts";

export const isFalse = truthTest("is false", "Whether a boolean is false; false for null.", false, false);
