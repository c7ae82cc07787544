import { callCode, runtime, type Code } from "../../code/index.ts";
import { readPattern, type PatternUse } from "../../../runtime/functions/datetime/pattern.ts";
import { wrongValue } from "./operand.ts";
import { constantText } from "./resolution.ts";
import type { EmittedArgument, EmitServices } from "./scalar-function.ts";
import type { Operand, Resolution } from "./signature.ts";

/** What is wrong with a constant datetime pattern; undefined where nothing is, or where it is not constant. */
export function datetimePatternProblem(operand: Operand | undefined, argument: number, use: PatternUse): Resolution | undefined {
  const pattern = constantText(operand);
  if (pattern === undefined) return undefined;
  const items = readPattern(pattern, use);
  return "problem" in items ? wrongValue(argument, `the datetime pattern \`${pattern}\` ${items.problem}`) : undefined;
}

/** Code for the parser of a datetime pattern: a constant of the module, or looked up by a text from the data. */
export function parserCode(pattern: EmittedArgument, services: EmitServices): Code {
  if (constantText(pattern) === undefined) return callCode(runtime("timestampParserOf"), pattern.code);
  return services.constant("parser", callCode(runtime("timestampParser"), pattern.code));
}
