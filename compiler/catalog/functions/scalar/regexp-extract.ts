import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { patternCode, patternProblem } from "../regex/pattern-code.ts";
import { planPattern } from "../regex/pattern-plan.ts";
import { wrongValue } from "../operand.ts";
import { argumentAt, resolveParameters } from "../resolution.ts";
import type { EmittedArgument, ScalarFunction } from "../scalar-function.ts";

/** A group of the first match of a regular expression; empty where there is none. */
export const regexpExtract: ScalarFunction = {
  name: "regexp_extract",
  summary: "A group (1 unless said) of the first match of a regular expression; the empty string where nothing matches.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const problem = patternProblem(operands[1], operands[0]);
    if (problem !== undefined) return wrongValue(1, problem);
    return resolveParameters(operands, { required: ["text", "text"], optional: ["int"] }, stringType);
  },
  canFail: (args, _result, constants) => !hasConstantGroup(args.length, constants),
  emit(args, _result, services) {
    const group = args[2]?.code ?? numberCode(1);
    return callCode(runtime("extractGroup"), argumentAt(args, 0).code, patternCode(argumentAt(args, 1), services), group);
  },
};

/** Whether the pattern and the group of a call with `count` arguments are literals, and the pattern has the group. */
export function hasConstantGroup(count: number, constants: readonly EmittedArgument["constant"][] | undefined): boolean {
  const pattern = constants?.[1]?.value;
  const group = count === 2 ? 1 : constants?.[2]?.value;
  if (typeof pattern !== "string" || typeof group !== "number") return false;
  const plan = planPattern(pattern);
  return !("problem" in plan) && group >= 0 && group <= plan.groupCount;
}
