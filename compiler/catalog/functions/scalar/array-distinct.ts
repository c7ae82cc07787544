import { callCode, runtime } from "../../../code/index.ts";
import { isOrderable } from "../../types/orderable.ts";
import { arrayOperand, contentOrder } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Every item of an array once, in the order in which they first came; null is an item. */
export const arrayDistinct: ScalarFunction = {
  name: "array_distinct",
  summary: "Every item of an array once, in the order in which they first came; null is an item.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 1) return wrongArity("1 argument");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    if (!isOrderable(array.element)) return wrongType(0, "an array whose items can be compared");
    return resolved([array], array, anyNullable(operands));
  },
  canFail: never,
  emit(args, _result, services) {
    const array = argumentAt(args, 0);
    const element = array.type.kind === "array" ? array.type.element : array.type;
    return callCode(runtime("distinctItems"), array.code, ...contentOrder(element, services));
  },
};
