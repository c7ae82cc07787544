import { method } from "../../../code/index.ts";
import { dateType, stringType } from "../../../ir/types/data-type.ts";
import { emitCast } from "../../casts/emit-cast.ts";
import { datetimePatternProblem, parserCode } from "../datetime-pattern.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { always, anyNullable, argumentAt, fitsParameter } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import type { Operand, Resolution } from "../signature.ts";

/** A date from a text, by a datetime pattern or in the usual forms. */
export const toDate: ScalarFunction = {
  name: "to_date",
  summary: "A date from a text, by a datetime pattern or, without one, as cast reads it; of a timestamp its day.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveToDate(operands, false),
  canFail: always,
  emit(args, _result, services) {
    const [value, pattern] = [argumentAt(args, 0), args[1]];
    return pattern === undefined || value.type.kind !== "string" ? value.code : method(parserCode(pattern, services), "parseDate", value.code);
  },
};

/** `to_date` that gives null where the text does not fit. */
export const tryToDate: ScalarFunction = {
  name: "try_to_date",
  summary: "A date from a text, by a datetime pattern or, without one, as cast reads it; null where the text does not fit.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveToDate(operands, true),
  canFail: always,
  emit(args, _result, services) {
    const [value, pattern] = [argumentAt(args, 0), args[1]];
    if (value.type.kind !== "string") return value.code;
    return pattern === undefined ? emitCast(value.code, stringType, dateType, true, services) : method(parserCode(pattern, services), "tryParseDate", value.code);
  },
};

/** A text stays one where a pattern reads it, or where what does not fit is to be null. */
function resolveToDate(operands: readonly Operand[], safe: boolean): Resolution {
  const [operand, pattern] = operands;
  if (operand === undefined || operands.length > 2) return wrongArity("1 or 2 arguments");
  const problem = datetimePatternProblem(pattern, 1, "parse", operand);
  if (problem !== undefined) return problem;
  if (!fitsParameter(operand.type, "date")) return wrongType(0, "a string, a date or a timestamp");
  const keepsText = operand.type.kind === "string" && (safe || pattern !== undefined);
  return resolved([keepsText ? stringType : dateType, ...(pattern === undefined ? [] : [stringType])], dateType, safe || anyNullable(operands));
}
