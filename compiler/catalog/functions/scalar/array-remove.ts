import { callCode, runtime } from "../../../code/index.ts";
import { arrayType } from "../../../ir/types/data-type.ts";
import { isOrderable } from "../../types/orderable.ts";
import { arrayOperand, contentOrder, itemType } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** An array without the items that equal a value; nulls stay. */
export const arrayRemove: ScalarFunction = {
  name: "array_remove",
  summary: "An array without the items that equal a value; nulls stay.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 2) return wrongArity("2 arguments");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    const element = itemType(array.element, operands[1]?.type ?? array.element);
    if (element === undefined || !isOrderable(element)) return wrongType(1, "a value of the type of the array's items");
    const type = arrayType(element, array.elementNullable);
    return resolved([type, element], type, anyNullable(operands));
  },
  canFail: never,
  emit(args, _result, services) {
    const item = argumentAt(args, 1);
    return callCode(runtime("removeItem"), argumentAt(args, 0).code, item.code, ...contentOrder(item.type, services));
  },
};
