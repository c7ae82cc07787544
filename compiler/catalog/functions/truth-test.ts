import { binary, booleanCode, nullCode, unary } from "../../code/index.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { booleanType } from "../../ir/types/data-type.ts";
import { poisoned, resolved, wrongArity, wrongType } from "./operand.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** `is [not] null`: never null itself, of any type. */
export function nullTest(name: string, summary: string, negated: boolean): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    resolve(operands) {
      const [operand] = operands;
      if (operand === undefined || operands.length !== 1) return wrongArity("1 argument");
      return poisoned(operands) ?? resolved([operand.type], booleanType, false);
    },
    nulls: "custom",
    canFail: () => false,
    emit([value]) {
      if (value === undefined) return internalError("E9003", `${name} without an operand`);
      return value.nullable ? binary(negated ? "!==" : "===", value.code, nullCode) : booleanCode(negated);
    },
  };
}

/** `is [not] true`, `is [not] false`: never null itself. */
export function truthTest(name: string, summary: string, truth: boolean, negated: boolean): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    resolve(operands) {
      const [operand] = operands;
      if (operand === undefined || operands.length !== 1) return wrongArity("1 argument");
      const kind = operand.type.kind;
      if (kind !== "boolean" && kind !== "null" && kind !== "string" && kind !== "error") return wrongType(0, "a boolean");
      return poisoned(operands) ?? resolved([booleanType], booleanType, false);
    },
    nulls: "custom",
    canFail: () => false,
    emit([value]) {
      if (value === undefined) return internalError("E9003", `${name} without an operand`);
      if (value.nullable) return binary(negated ? "!==" : "===", value.code, booleanCode(truth));
      return truth === negated ? unary("!", value.code) : value.code;
    },
  };
}
