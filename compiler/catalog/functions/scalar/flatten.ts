import { callCode, method, runtime } from "../../../code/index.ts";
import { arrayOperand } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The items of an array of arrays, one after the other; null where one of the arrays is. */
export const flatten: ScalarFunction = {
  name: "flatten",
  summary: "The items of an array of arrays, one after the other; null where one of the arrays is.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 1) return wrongArity("1 argument");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    if (array.element.kind !== "array" && array.element.kind !== "null") return wrongType(0, "an array of arrays");
    const inner = array.element.kind === "array" ? array.element : array;
    return resolved([array], inner, array.elementNullable || anyNullable(operands));
  },
  canFail: never,
  emit(args, result) {
    const arrays = argumentAt(args, 0);
    const hasNull = arrays.type.kind === "array" && arrays.type.elementNullable;
    return hasNull || result.kind !== "array" ? callCode(runtime("flattenArrays"), arrays.code) : method(arrays.code, "flat");
  },
};
