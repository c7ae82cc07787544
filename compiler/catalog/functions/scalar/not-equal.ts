import { unequalCode } from "../compare-code.ts";
import { comparison } from "../comparison.ts";

export const notEqual = comparison("!=", "Whether two values differ; the opposite of `=`, null where it is.", unequalCode, ["<>"]);
