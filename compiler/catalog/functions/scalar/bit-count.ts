import { callCode, conditional, numberCode, runtime } from "../../../code/index.ts";
import { booleanType, intType } from "../../../ir/types/data-type.ts";
import { resolvedStrict } from "../operand.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The number of ones among the 64 bits of a whole number; of a boolean 0 or 1. */
export const bitCount: ScalarFunction = {
  name: "bit_count",
  summary: "The number of ones among the 64 bits of a whole number (two's complement); of a boolean 0 or 1.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) =>
    operands.length === 1 && operands[0]?.type.kind === "boolean" ? resolvedStrict(operands, [booleanType], intType) : resolveParameters(operands, { required: ["long"] }, intType),
  canFail: never,
  emit(args) {
    const value = argumentAt(args, 0);
    return value.type.kind === "boolean" ? conditional(value.code, numberCode(1), numberCode(0)) : callCode(runtime("bitCount"), value.code);
  },
};
