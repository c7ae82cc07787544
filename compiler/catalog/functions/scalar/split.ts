import { callCode, runtime, stringCode } from "../../../code/index.ts";
import { arrayType, stringType } from "../../../ir/types/data-type.ts";
import { constantPattern, patternCode, patternProblem } from "../regex/pattern-code.ts";
import { wrongValue } from "../operand.ts";
import { argumentAt, resolveParameters, unlessConstant } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The parts of a text between the matches of a regular expression, at most so many where the limit is positive. */
export const split: ScalarFunction = {
  name: "split",
  summary: "The parts of a text between the matches of a regular expression; with a positive limit at most so many, the last with the rest.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const problem = patternProblem(operands[1], operands[0]);
    if (problem !== undefined) return wrongValue(1, problem);
    return resolveParameters(operands, { required: ["text", "text"], optional: ["int"] }, arrayType(stringType, false));
  },
  canFail: unlessConstant(1),
  emit(args, _result, services) {
    const text = argumentAt(args, 0).code;
    const pattern = argumentAt(args, 1);
    const limit = args.slice(2).map((arg) => arg.code);
    const known = constantPattern(pattern);
    if (known === undefined) return callCode(runtime("splitByRegex", "runtime/regex"), text, pattern.code, ...limit);
    if (known.pattern === "") return callCode(runtime("splitCharacters"), text, ...limit);
    const { plan } = known;
    if (plan.kind === "text" && plan.text !== "" && !plan.atStart && !plan.atEnd) return callCode(runtime("splitByText"), text, stringCode(plan.text), ...limit);
    return callCode(runtime("splitByPattern"), text, patternCode(pattern, services), ...limit);
  },
};
