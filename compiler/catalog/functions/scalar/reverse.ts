import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { resolved } from "../operand.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A text, or an array, from the end to the beginning. */
export const reverse: ScalarFunction = {
  name: "reverse",
  summary: "The characters of a text, or the elements of an array, from the last to the first.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    if (operand?.type.kind === "array" && operands.length === 1) return resolved([operand.type], operand.type, operand.nullable);
    return resolveParameters(operands, { required: ["text"] }, stringType);
  },
  canFail: never,
  emit(args) {
    const value = argumentAt(args, 0);
    return callCode(runtime(value.type.kind === "array" ? "reverseItems" : "reverseText"), value.code);
  },
};
