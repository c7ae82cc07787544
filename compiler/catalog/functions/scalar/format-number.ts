import { callCode, numberCode, runtime, stringCode, type Code } from "../../../code/index.ts";
import { decimalFormatPattern } from "../../../../runtime/functions/text/decimal-format-pattern.ts";
import { intType, stringType } from "../../../ir/types/data-type.ts";
import { numberOperand } from "../number-function.ts";
import { anyNullable, argumentAt, constantInt, constantText, fitsParameter } from "../resolution.ts";
import { poisoned, resolved, wrongArity, wrongType, wrongValue } from "../operand.ts";
import type { EmittedArgument, EmitServices, ScalarFunction } from "../scalar-function.ts";

/** A number as text, with separators of thousands and so many places, or by a pattern. */
export const formatNumber: ScalarFunction = {
  name: "format_number",
  summary: "A number as text, with separators of thousands and so many places (null where they are negative), or by a pattern of java.text.DecimalFormat; ties round to even.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const format = operands[1];
    if (format === undefined || operands.length !== 2) return wrongArity("2 arguments");
    const refused = poisoned(operands);
    if (refused !== undefined) return refused;
    const number = numberOperand(operands, "2 arguments", 2);
    if ("refused" in number) return number.refused;
    const isPattern = format.type.kind === "string";
    if (!isPattern && !fitsParameter(format.type, "int")) return wrongType(1, "an int or a pattern");
    const problem = patternProblem(constantText(format));
    if (problem !== undefined) return wrongValue(1, problem);
    const places = constantInt(format);
    const mayBeNull = !isPattern && (places === undefined || places < 0);
    return resolved([number.type, isPattern ? stringType : intType], stringType, anyNullable(operands) || mayBeNull);
  },
  canFail: (args, _result, constants) => args[1]?.kind === "string" && constants?.[1] === undefined,
  emit(args, _result, services) {
    const [value, format] = [argumentAt(args, 0), formatCode(argumentAt(args, 1), services)];
    const isFloating = value.type.kind === "double" || value.type.kind === "float";
    if (isFloating) return callCode(runtime("formatDouble"), value.code, format);
    return callCode(runtime("formatExact"), value.code, numberCode(value.type.kind === "decimal" ? value.type.scale : 0), format);
  },
};

function formatCode(format: EmittedArgument, services: EmitServices): Code {
  if (format.type.kind === "string") {
    const made = callCode(runtime("decimalFormat"), format.code);
    return constantText(format) === undefined ? made : services.constant("format", made);
  }
  const places = constantInt(format);
  if (places === undefined || places < 0 || places > 40) return callCode(runtime("placesFormat"), format.code);
  return services.constant("format", callCode(runtime("decimalFormat"), stringCode(places === 0 ? "#,##0" : `#,##0.${"0".repeat(places)}`)));
}

/** What is wrong with a constant pattern. */
function patternProblem(pattern: string | undefined): string | undefined {
  if (pattern === undefined || pattern === "") return undefined;
  try {
    decimalFormatPattern(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
