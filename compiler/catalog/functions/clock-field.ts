import { callCode, runtime } from "../../code/index.ts";
import { intType, stringType } from "../../ir/types/data-type.ts";
import { resolvedStrict } from "./operand.ts";
import { argumentAt, resolveParameters } from "./resolution.ts";
import type { ScalarFunction } from "./scalar-function.ts";
import { localTimeCode, zoneArgument } from "./zone-code.ts";

/** A function that gives a part of the time of day of a timestamp, or of a text that may be a time without a date. */
export function clockField(name: string, kernel: string, summary: string): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve(operands) {
      const [operand] = operands;
      if (operand?.type.kind === "string" && operands.length === 1) return resolvedStrict(operands, [stringType], intType);
      return resolveParameters(operands, { required: ["timestamp"] }, intType);
    },
    canFail: (args) => args[0]?.kind === "string",
    emit(args, _result, services) {
      const value = argumentAt(args, 0);
      const isText = value.type.kind === "string";
      return callCode(runtime(kernel), isText ? callCode(runtime("clockFromText"), value.code, ...zoneArgument(services)) : localTimeCode(value.code, services));
    },
  };
}
