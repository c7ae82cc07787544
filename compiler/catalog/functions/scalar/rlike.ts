import { booleanType } from "../../../ir/types/data-type.ts";
import { matchesCode, patternProblem } from "../regex/pattern-code.ts";
import { wrongValue } from "../operand.ts";
import { argumentAt, resolveParameters, unlessConstant } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Whether a regular expression matches anywhere in a text. */
export const rlike: ScalarFunction = {
  name: "rlike",
  aliases: ["regexp_like", "regexp"],
  summary: "Whether a regular expression (RE2's syntax) matches anywhere in a text.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const problem = patternProblem(operands[1], operands[0]);
    return problem === undefined ? resolveParameters(operands, { required: ["text", "text"] }, booleanType) : wrongValue(1, problem);
  },
  canFail: unlessConstant(1),
  emit: (args, _result, services) => matchesCode(argumentAt(args, 0).code, argumentAt(args, 1), services),
};
