import { callCode, method, runtime, stringCode, type Code } from "../../../code/index.ts";
import { longType, stringType, timestampType } from "../../../ir/types/data-type.ts";
import { datetimePatternProblem, parserCode } from "../datetime-pattern.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, fitsParameter } from "../resolution.ts";
import type { EmittedArgument, EmitServices, ScalarFunction } from "../scalar-function.ts";

/** Whole seconds since the epoch, of a timestamp, of a text by a pattern, or of now. */
export const unixTimestamp: ScalarFunction = {
  name: "unix_timestamp",
  summary: "Whole seconds since the epoch: of a timestamp or date, of a text by a datetime pattern (`yyyy-MM-dd HH:mm:ss` unless said), or of the batch.",
  volatility: "batch",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    if (operands.length > 2) return wrongArity("at most 2 arguments");
    if (operand === undefined) return resolved([], longType, false);
    if (!fitsParameter(operand.type, "timestamp")) return wrongType(0, "a timestamp or a string");
    const problem = datetimePatternProblem(operands[1], 1, "parse");
    if (problem !== undefined) return problem;
    const parsed = operand.type.kind !== "date" && operand.type.kind !== "timestamp";
    return resolved([parsed ? stringType : timestampType, ...operands.slice(1).map(() => stringType)], longType, anyNullable(operands));
  },
  canFail: (args) => args[0]?.kind === "string",
  emit: (args, _result, services) => callCode(runtime("unixSeconds"), instantCode(args, services)),
};

function instantCode(args: readonly EmittedArgument[], services: EmitServices): Code {
  if (args.length === 0) return services.batchTimestamp;
  const value = argumentAt(args, 0);
  if (value.type.kind !== "string") return value.code;
  return method(args[1] === undefined ? defaultParser(services) : parserCode(args[1], services), "parse", value.code);
}

function defaultParser(services: EmitServices): Code {
  return services.constant("parser", callCode(runtime("timestampParser"), stringCode("yyyy-MM-dd HH:mm:ss")));
}
