import { callCode, method, runtime } from "../../../code/index.ts";
import { arrayType, booleanType } from "../../../ir/types/data-type.ts";
import { isOrderable } from "../../types/orderable.ts";
import { arrayOperand, contentOrder, soughtType } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Whether an array holds a value; null where it does not and holds a null. */
export const arrayContains: ScalarFunction = {
  name: "array_contains",
  summary: "Whether an array holds a value; null where it does not and holds a null.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 2) return wrongArity("2 arguments");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    if (operands[1]?.type.kind === "null") return wrongType(1, "a value of the type of the array's items");
    const element = soughtType(array.element, operands[1]?.type ?? array.element);
    if (element === undefined || !isOrderable(element)) return wrongType(1, "a value of the type of the array's items");
    return resolved([arrayType(element, array.elementNullable), element], booleanType, array.elementNullable || anyNullable(operands));
  },
  canFail: never,
  emit(args, _result, services) {
    const [array, item] = [argumentAt(args, 0), argumentAt(args, 1)];
    const mayHoldNull = array.type.kind !== "array" || array.type.elementNullable;
    const order = contentOrder(item.type, services);
    if (mayHoldNull) return callCode(runtime("arrayContains"), array.code, item.code, ...order);
    // An array of the literals' own type would not be asked for a bigint.
    const isExact = item.type.kind === "long" || item.type.kind === "decimal";
    return order.length === 0 && !isExact ? method(array.code, "includes", item.code) : callCode(runtime("holdsItem"), array.code, item.code, ...order);
  },
};
