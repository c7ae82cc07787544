import { orderedCode } from "../compare-code.ts";
import { comparison } from "../comparison.ts";

export const greater = comparison(">", "Whether the left value is the greater; strings by UTF-8 bytes, NaN above all.", (left, right, type, services) => orderedCode(">", left, right, type, services));
