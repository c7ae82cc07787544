import { callCode, runtime } from "../../../code/index.ts";
import { arrayType, longType } from "../../../ir/types/data-type.ts";
import { isOrderable } from "../../types/orderable.ts";
import { arrayOperand, contentOrder, itemType } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The place of the first item of an array that equals a value, from 1; 0 where there is none. */
export const arrayPosition: ScalarFunction = {
  name: "array_position",
  summary: "The place of the first item of an array that equals a value, from 1; 0 where there is none.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 2) return wrongArity("2 arguments");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    const element = itemType(array.element, operands[1]?.type ?? array.element);
    if (element === undefined || !isOrderable(element)) return wrongType(1, "a value of the type of the array's items");
    return resolved([arrayType(element, array.elementNullable), element], longType, anyNullable(operands));
  },
  canFail: never,
  emit(args, _result, services) {
    const item = argumentAt(args, 1);
    return callCode(runtime("positionIn"), argumentAt(args, 0).code, item.code, ...contentOrder(item.type, services));
  },
};
