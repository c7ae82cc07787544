import { callCode, runtime, type Code } from "../../../code/index.ts";
import { replacementFor } from "../../../../runtime/functions/regexp-replace.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { constantPattern, patternCode, patternProblem } from "../regex/pattern-code.ts";
import { wrongValue } from "../operand.ts";
import { argumentAt, constantInt, constantText, resolveParameters, unlessConstant } from "../resolution.ts";
import type { EmittedArgument, EmitServices, ScalarFunction } from "../scalar-function.ts";
import type { Operand } from "../signature.ts";

/** Every match of a regular expression replaced; `$1` in the replacement is a group. */
export const regexpReplace: ScalarFunction = {
  name: "regexp_replace",
  summary: "A text with every match of a regular expression replaced, from a position on; `$1` or `${name}` in the replacement is a group.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const problem = patternProblem(operands[1]);
    if (problem !== undefined) return wrongValue(1, problem);
    const position = constantInt(operands[3]);
    if (position !== undefined && position < 1) return wrongValue(3, `regexp_replace counts from 1; ${position} is no position`);
    const replacement = replacementProblem(operands);
    if (replacement !== undefined) return wrongValue(2, replacement);
    return resolveParameters(operands, { required: ["text", "text", "text"], optional: ["int"] }, stringType);
  },
  canFail: unlessConstant(1, 2, 3),
  emit(args, _result, services) {
    const pattern = patternCode(argumentAt(args, 1), services);
    const position = args.slice(3).map((arg) => arg.code);
    return callCode(runtime("replaceMatches"), argumentAt(args, 0).code, pattern, replacementCode(args, pattern, services), ...position);
  },
};

/** What is wrong with a constant replacement for a constant pattern: it would fail every row that matches. */
function replacementProblem(operands: readonly Operand[]): string | undefined {
  const pattern = constantPattern(operands[1]);
  const replacement = constantText(operands[2]);
  if (pattern === undefined || replacement === undefined) return undefined;
  try {
    replacementFor(pattern, replacement);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The replacement taken apart: once for the module where it and the pattern are constant. */
function replacementCode(args: readonly EmittedArgument[], pattern: Code, services: EmitServices): Code {
  const replacement = argumentAt(args, 2);
  const made = callCode(runtime("replacementFor"), pattern, replacement.code);
  const isConstant = constantText(replacement) !== undefined && constantPattern(argumentAt(args, 1)) !== undefined;
  return isConstant ? services.constant("replacement", made) : made;
}
