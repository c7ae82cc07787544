import { callCode, type Code, runtime } from "../../code/index.ts";
import { type NumberPattern, readNumberPattern } from "../../../runtime/functions/text/number-pattern.ts";
import { wrongValue } from "./operand.ts";
import { constantText } from "./resolution.ts";
import type { EmittedArgument, EmitServices } from "./scalar-function.ts";
import type { Operand, Resolution } from "./signature.ts";

/** The constant pattern that argument `at` is for `to_number` and `to_char`, or why there is none; null where the argument is null. */
export function constantNumberPattern(operand: Operand, at: number): NumberPattern | null | { readonly refused: Resolution } {
  if (operand.type.kind === "null" || operand.constant?.value === null) return null;
  const text = constantText(operand);
  if (text === undefined) return { refused: wrongValue(at, "the number pattern must be a constant") };
  const pattern = readNumberPattern(text);
  return "problem" in pattern ? { refused: wrongValue(at, `the number pattern \`${text}\` ${pattern.problem}`) } : pattern;
}

/** Code for the format of a constant number pattern. */
export function numberFormatCode(pattern: EmittedArgument, services: EmitServices): Code {
  return services.constant("format", callCode(runtime("numberFormat"), pattern.code));
}
