import { callCode, runtime, type Code } from "../../../code/index.ts";
import { replacementFor } from "../../../../runtime/functions/regexp-replace.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { patternCode, patternProblem } from "../regex/pattern-code.ts";
import { planPattern } from "../regex/pattern-plan.ts";
import { wrongValue } from "../operand.ts";
import { argumentAt, constantInt, resolveParameters, unlessConstant } from "../resolution.ts";
import type { EmittedArgument, EmitServices, ScalarFunction } from "../scalar-function.ts";

/** Every match of a regular expression replaced; `$1` in the replacement is a group. */
export const regexpReplace: ScalarFunction = {
  name: "regexp_replace",
  summary: "A text with every match of a regular expression replaced, from a position on; `$1` or `${name}` in the replacement is a group.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const problem = patternProblem(operands[1], operands[0]);
    if (problem !== undefined) return wrongValue(1, problem);
    const position = constantInt(operands[3]);
    if (position !== undefined && position < 1) return wrongValue(3, `regexp_replace counts from 1; ${position} is no position`);
    return resolveParameters(operands, { required: ["text", "text", "text"], optional: ["int"] }, stringType);
  },
  canFail: (args, result, constants) => isCheckedLate(args, result, constants) || !isSound(constants?.[1]?.value, constants?.[2]?.value),
  emit(args, _result, services) {
    const pattern = patternCode(argumentAt(args, 1), services);
    const position = args.slice(3).map((arg) => arg.code);
    return callCode(runtime("replaceMatches"), argumentAt(args, 0).code, pattern, replacementCode(args, pattern, services), ...position);
  },
};

const isCheckedLate = unlessConstant(1, 2, 3);

/** Whether every group that a constant replacement names is one of a constant pattern: a row that matches fails otherwise. */
function isSound(pattern: unknown, replacement: unknown): boolean {
  if (typeof pattern !== "string" || typeof replacement !== "string") return false;
  const plan = planPattern(pattern);
  if ("problem" in plan) return false;
  try {
    replacementFor(plan, replacement);
    return true;
  } catch {
    return false;
  }
}

/** The replacement taken apart once for the module, where it and the pattern are constant and fit; else its text, which a match reads. */
function replacementCode(args: readonly EmittedArgument[], pattern: Code, services: EmitServices): Code {
  const replacement = argumentAt(args, 2);
  if (!isSound(argumentAt(args, 1).constant?.value, replacement.constant?.value)) return replacement.code;
  return services.constant("replacement", callCode(runtime("replacementFor"), pattern, replacement.code));
}
