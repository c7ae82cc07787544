import { callCode, runtime, stringCode, type Code } from "../../code/index.ts";
import { stringType } from "../../ir/types/data-type.ts";
import { readPattern, type PatternUse } from "../../../runtime/functions/datetime/pattern.ts";
import { wrongValue } from "./operand.ts";
import { constantText } from "./resolution.ts";
import type { EmittedArgument, EmitServices } from "./scalar-function.ts";
import type { Operand, Resolution } from "./signature.ts";
import { zoneArgument } from "./zone-code.ts";

/**
 * What is wrong with a constant datetime pattern; undefined where nothing is, or where it is not constant. Of a value that is null by
 * itself the pattern is never read.
 */
export function datetimePatternProblem(operand: Operand | undefined, argument: number, use: PatternUse, value?: Operand): Resolution | undefined {
  const pattern = value?.constant?.value === null ? undefined : constantText(operand);
  if (pattern === undefined) return undefined;
  const items = readPattern(pattern, use);
  return "problem" in items ? wrongValue(argument, `the datetime pattern \`${pattern}\` ${items.problem}`) : undefined;
}

/** Code for the parser of a datetime pattern: a constant of the module, or looked up by a text from the data. */
export function parserCode(pattern: EmittedArgument, services: EmitServices): Code {
  if (constantText(pattern) === undefined) return callCode(runtime("timestampParserOf"), pattern.code, ...zoneArgument(services));
  return services.constant("parser", callCode(runtime("timestampParser"), pattern.code, ...zoneArgument(services)));
}

/** Code for the printer of a datetime pattern: a constant of the module, or looked up by a text from the data. */
export function formatCode(pattern: EmittedArgument, services: EmitServices): Code {
  if (constantText(pattern) === undefined) return callCode(runtime("timestampFormatOf"), pattern.code, ...zoneArgument(services));
  return services.constant("format", callCode(runtime("timestampFormat"), pattern.code, ...zoneArgument(services)));
}

/** The pattern of `unix_timestamp` and `from_unixtime` where none is given. */
export const usualPattern: EmittedArgument = { code: stringCode("yyyy-MM-dd HH:mm:ss"), nullable: false, type: stringType, constant: { value: "yyyy-MM-dd HH:mm:ss" } };
