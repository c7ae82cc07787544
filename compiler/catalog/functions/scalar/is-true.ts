import { truthTest } from "../truth-test.ts";

export const isTrue = truthTest("is true", "Whether a boolean is true; false for null.", true, false);
