import { member } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { arrayOperand, mapOperand } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The number of elements of an array, null ones included, or of entries of a map. */
export const size: ScalarFunction = {
  name: "size",
  aliases: ["cardinality"],
  summary: "The number of elements of an array, null ones included, or of entries of a map; null for null.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    if (operand === undefined || operands.length !== 1) return wrongArity("1 argument");
    const type = operand.type.kind === "error" ? operand.type : (arrayOperand(operand) ?? mapOperand(operand));
    return type === undefined ? wrongType(0, "an array or a map") : resolved([type], intType, operand.nullable);
  },
  canFail: never,
  emit(args) {
    const value = argumentAt(args, 0);
    return member(value.code, value.type.kind === "map" ? "size" : "length");
  },
};
