import { equalCode } from "../compare-code.ts";
import { comparison } from "../comparison.ts";

export const equal = comparison("=", "Whether two values are equal; NaN equals itself, −0.0 is 0.0 (Spark's EqualTo).", equalCode, ["=="]);
