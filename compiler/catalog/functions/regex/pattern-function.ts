import { callCode, runtime } from "../../../code/index.ts";
import type { DataType } from "../../../ir/types/data-type.ts";
import { wrongValue } from "../operand.ts";
import { argumentAt, resolveParameters, unlessConstant } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { patternCode, patternProblem } from "./pattern-code.ts";

/** What differs between functions of a text and a regular expression. */
export interface PatternFunction {
  readonly name: string;
  readonly summary: string;
  readonly result: DataType;
  readonly kernel: string;
  /** Whether it may give null for arguments that are not null. */
  readonly givesNull?: true;
  /** Whether a third argument, an int that means nothing, is taken. */
  readonly takesIndex?: true;
}

/** A function of a text and a regular expression in RE2's syntax: one kernel over the text and the compiled pattern. */
export function patternFunction(fn: PatternFunction): ScalarFunction {
  return {
    name: fn.name,
    summary: fn.summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve(operands) {
      const problem = patternProblem(operands[1], operands[0]);
      if (problem !== undefined) return wrongValue(1, problem);
      const resolution = resolveParameters(operands, { required: ["text", "text"], ...(fn.takesIndex === true ? { optional: ["int"] } : {}) }, fn.result);
      return resolution.ok && fn.givesNull === true ? { ...resolution, nullable: true } : resolution;
    },
    canFail: unlessConstant(1),
    emit: (args, _result, services) => callCode(runtime(fn.kernel), argumentAt(args, 0).code, patternCode(argumentAt(args, 1), services)),
  };
}
