import { callCode, method, runtime, type Code } from "../../../code/index.ts";
import { longType, stringType, timestampType } from "../../../ir/types/data-type.ts";
import { datetimePatternProblem, parserCode, usualPattern } from "../datetime-pattern.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, fitsParameter } from "../resolution.ts";
import type { EmittedArgument, EmitServices, ScalarFunction } from "../scalar-function.ts";
import type { Operand, Resolution } from "../signature.ts";

/** Whole seconds since the epoch, of a timestamp, of a text by a pattern, or of now. */
export const unixTimestamp: ScalarFunction = {
  name: "unix_timestamp",
  summary: "Whole seconds since the epoch: of a timestamp or date, of a text by a datetime pattern (`yyyy-MM-dd HH:mm:ss` unless said), or of the batch.",
  volatility: "batch",
  nulls: "propagate",
  resolve: (operands) => (operands.length === 0 ? resolved([], longType, false) : resolveUnixTimestamp(operands, "at most 2 arguments")),
  canFail: (args) => args[0]?.kind === "string",
  emit: (args, _result, services) => callCode(runtime("unixSeconds"), args.length === 0 ? services.batchTimestamp : instantCode(args, services)),
};

/** The same of a given value, which is always there and never the clock's. */
export const toUnixTimestamp: ScalarFunction = {
  name: "to_unix_timestamp",
  summary: "Whole seconds since the epoch of a timestamp or date, or of a text by a datetime pattern (`yyyy-MM-dd HH:mm:ss` unless said).",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveUnixTimestamp(operands, "1 or 2 arguments"),
  canFail: (args) => args[0]?.kind === "string",
  emit: (args, _result, services) => callCode(runtime("unixSeconds"), instantCode(args, services)),
};

function resolveUnixTimestamp(operands: readonly Operand[], arity: string): Resolution {
  const [operand] = operands;
  if (operand === undefined || operands.length > 2) return wrongArity(arity);
  if (!fitsParameter(operand.type, "timestamp")) return wrongType(0, "a timestamp or a string");
  const problem = datetimePatternProblem(operands[1], 1, "parse", operands[0]);
  if (problem !== undefined) return problem;
  const parsed = operand.type.kind !== "date" && operand.type.kind !== "timestamp";
  return resolved([parsed ? stringType : timestampType, ...operands.slice(1).map(() => stringType)], longType, anyNullable(operands));
}

function instantCode(args: readonly EmittedArgument[], services: EmitServices): Code {
  const value = argumentAt(args, 0);
  return value.type.kind === "string" ? method(parserCode(args[1] ?? usualPattern, services), "parse", value.code) : value.code;
}
