import { callCode, method, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { datetimePatternProblem, formatCode, usualPattern } from "../datetime-pattern.ts";
import { always, argumentAt, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Seconds since the epoch as a text. */
export const fromUnixtime: ScalarFunction = {
  name: "from_unixtime",
  summary: "Seconds since the epoch as a text, by a datetime pattern (`yyyy-MM-dd HH:mm:ss` unless said).",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => datetimePatternProblem(operands[1], 1, "format", operands[0]) ?? resolveParameters(operands, { required: ["long"], optional: ["text"] }, stringType),
  canFail: always,
  emit: (args, _result, services) => method(formatCode(args[1] ?? usualPattern, services), "format", callCode(runtime("timestampFromLong"), argumentAt(args, 0).code)),
};
