import { orderedCode } from "../compare-code.ts";
import { comparison } from "../comparison.ts";

export const greaterOrEqual = comparison(">=", "Whether the left value is not the smaller.", (left, right, type, services) => orderedCode(">=", left, right, type, services));
