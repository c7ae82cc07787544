import { orderedCode } from "../compare-code.ts";
import { comparison } from "../comparison.ts";

export const lessOrEqual = comparison("<=", "Whether the left value is not the greater.", (left, right, type, services) => orderedCode("<=", left, right, type, services));
