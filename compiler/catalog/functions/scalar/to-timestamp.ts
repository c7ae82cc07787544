import { method } from "../../../code/index.ts";
import { stringType, timestampType } from "../../../ir/types/data-type.ts";
import { emitCast } from "../../casts/emit-cast.ts";
import { datetimePatternProblem, parserCode } from "../datetime-pattern.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { always, anyNullable, argumentAt, fitsParameter, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import type { Operand, Resolution } from "../signature.ts";

/** A timestamp from a text, by a datetime pattern or in the usual forms; numbers are seconds. */
export const toTimestamp: ScalarFunction = {
  name: "to_timestamp",
  aliases: ["to_timestamp_ltz"],
  summary: "A timestamp from a text, by a datetime pattern or, without one, as cast reads it; a number is seconds since the epoch.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    if (operand !== undefined && operands.length === 1 && fitsParameter(operand.type, "double")) return resolved([timestampType], timestampType, operand.nullable);
    return resolveToTimestamp(operands);
  },
  canFail: always,
  emit(args, _result, services) {
    const [value, pattern] = [argumentAt(args, 0), args[1]];
    return pattern === undefined || value.type.kind !== "string" ? value.code : method(parserCode(pattern, services), "parse", value.code);
  },
};

/** `to_timestamp` that gives null where the text does not fit. */
export const tryToTimestamp: ScalarFunction = {
  name: "try_to_timestamp",
  summary: "A timestamp from a text, by a datetime pattern or, without one, as cast reads it; null where the text does not fit.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    const asText = operands.length === 1 && operand?.type.kind === "string";
    const resolution = asText ? resolved([stringType], timestampType, true) : resolveToTimestamp(operands);
    return resolution.ok ? { ...resolution, nullable: true } : resolution;
  },
  canFail: always,
  emit(args, _result, services) {
    const [value, pattern] = [argumentAt(args, 0), args[1]];
    if (value.type.kind !== "string") return value.code;
    return pattern === undefined ? emitCast(value.code, stringType, timestampType, true, services) : method(parserCode(pattern, services), "tryParse", value.code);
  },
};

function resolveToTimestamp(operands: readonly Operand[]): Resolution {
  const [operand] = operands;
  if (operand === undefined || operands.length > 2) return wrongArity("1 or 2 arguments");
  if (operands.length === 1) return resolveParameters(operands, { required: ["timestamp"] }, timestampType);
  const problem = datetimePatternProblem(operands[1], 1, "parse", operands[0]);
  if (problem !== undefined) return problem;
  if (!fitsParameter(operand.type, "timestamp")) return wrongType(0, "a string");
  const parsed = operand.type.kind !== "date" && operand.type.kind !== "timestamp";
  return resolved([parsed ? stringType : timestampType, stringType], timestampType, anyNullable(operands));
}
