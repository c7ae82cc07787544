import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { constantPattern, patternCode, patternProblem } from "../regex/pattern-code.ts";
import { wrongValue } from "../operand.ts";
import { argumentAt, constantInt, resolveParameters, unlessConstant } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A group of the first match of a regular expression; empty where there is none. */
export const regexpExtract: ScalarFunction = {
  name: "regexp_extract",
  summary: "A group (1 unless said) of the first match of a regular expression; the empty string where nothing matches.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const problem = patternProblem(operands[1]);
    if (problem !== undefined) return wrongValue(1, problem);
    const pattern = constantPattern(operands[1]);
    const group = operands.length === 2 ? 1 : constantInt(operands[2]);
    if (pattern !== undefined && group !== undefined && (group < 0 || group > pattern.groupCount)) {
      const groups = pattern.groupCount === 0 ? "no groups" : pattern.groupCount === 1 ? "1 group" : `${pattern.groupCount} groups`;
      return wrongValue(operands.length === 2 ? 1 : 2, `the pattern \`${pattern.pattern}\` has ${groups}; there is no group ${group} (0 is the whole match)`);
    }
    return resolveParameters(operands, { required: ["text", "text"], optional: ["int"] }, stringType);
  },
  canFail: unlessConstant(1, 2),
  emit(args, _result, services) {
    const group = args[2]?.code ?? numberCode(1);
    return callCode(runtime("extractGroup"), argumentAt(args, 0).code, patternCode(argumentAt(args, 1), services), group);
  },
};
