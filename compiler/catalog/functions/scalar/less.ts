import { orderedCode } from "../compare-code.ts";
import { comparison } from "../comparison.ts";

export const less = comparison("<", "Whether the left value is the smaller; strings by UTF-8 bytes, NaN above all (Spark's LessThan).", (left, right, type, services) => orderedCode("<", left, right, type, services));
