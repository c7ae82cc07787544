import { member } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The number of elements of an array, null ones included. */
export const size: ScalarFunction = {
  name: "size",
  aliases: ["cardinality"],
  summary: "The number of elements of an array, null ones included; null for null.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    if (operand === undefined || operands.length !== 1) return wrongArity("1 argument");
    return operand.type.kind === "array" || operand.type.kind === "error" ? resolved([operand.type], intType, operand.nullable) : wrongType(0, "an array");
  },
  canFail: never,
  emit: (args) => member(argumentAt(args, 0).code, "length"),
};
