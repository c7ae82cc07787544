import { callCode, runtime } from "../../../code/index.ts";
import { isOrderable } from "../../types/orderable.ts";
import { arrayOperand, itemOrder } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** An array in ascending order of its items, nulls last. */
export const arraySort: ScalarFunction = {
  name: "array_sort",
  summary: "An array in ascending order of its items, nulls last.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 1) return wrongArity("1 argument");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    if (!isOrderable(array.element)) return wrongType(0, "an array whose items have an order");
    return resolved([array], array, anyNullable(operands));
  },
  canFail: never,
  emit(args, result, services) {
    const element = result.kind === "array" ? result.element : result;
    return callCode(runtime("sortItemsNullsLast"), argumentAt(args, 0).code, itemOrder(element, services));
  },
};
