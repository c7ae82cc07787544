import { arrow, binary, callCode, runtime } from "../../code/index.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { booleanType } from "../../ir/types/data-type.ts";
import { poisoned, resolvedStrict, wrongArity, wrongType } from "./operand.ts";
import type { ScalarFunction } from "./scalar-function.ts";
import type { Operand, Resolution } from "./signature.ts";

/** Booleans, nulls and strings that are read as booleans. */
export function resolveLogic(operands: readonly Operand[], arity: number): Resolution {
  if (operands.length !== arity) return wrongArity(arity === 1 ? "1 argument" : `${arity} arguments`);
  const refused = poisoned(operands);
  if (refused !== undefined) return refused;
  const wrong = operands.findIndex(({ type }) => type.kind !== "boolean" && type.kind !== "null" && type.kind !== "string");
  return wrong >= 0 ? wrongType(wrong, "a boolean") : resolvedStrict(operands, operands.map(() => booleanType), booleanType);
}

/** `and`, `or`: three-valued; the right side is not evaluated where the left decides (Spark's And, Or). */
export function junction(name: "and" | "or", summary: string): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    resolve: (operands) => resolveLogic(operands, 2),
    nulls: "custom",
    canFail: () => false,
    emit([left, right]) {
      if (left === undefined || right === undefined) return internalError("E9003", `${name} without two operands`);
      // With a left side that is never null the plain operator gives null where the right side is null.
      if (!left.nullable) return binary(name === "and" ? "&&" : "||", left.code, right.code);
      return callCode(runtime(name === "and" ? "bothTrue" : "eitherTrue"), left.code, arrow([], right.code));
    },
  };
}
