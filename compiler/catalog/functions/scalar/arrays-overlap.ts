import { binary, callCode, runtime, trueCode } from "../../../code/index.ts";
import { booleanType } from "../../../ir/types/data-type.ts";
import { isOrderable } from "../../types/orderable.ts";
import { arrayOperand, commonArray, contentOrder } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Whether two arrays have an item in common that is not null; null where they have none and one holds a null. */
export const arraysOverlap: ScalarFunction = {
  name: "arrays_overlap",
  summary: "Whether two arrays have an item in common that is not null; null where they have none and one holds a null.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 2) return wrongArity("2 arguments");
    const [left, right] = [arrayOperand(operands[0]), arrayOperand(operands[1])];
    if (left === undefined) return wrongType(0, "an array");
    const type = right && commonArray(left, right);
    if (type === undefined || !isOrderable(type.element)) return wrongType(1, "an array whose items have the type of the others");
    return resolved([type, type], booleanType, left.elementNullable || right?.elementNullable === true || anyNullable(operands));
  },
  canFail: never,
  emit(args, _result, services) {
    const [left, right] = [argumentAt(args, 0), argumentAt(args, 1)];
    const element = left.type.kind === "array" ? left.type.element : left.type;
    const overlap = callCode(runtime("arraysOverlap"), left.code, right.code, ...contentOrder(element, services));
    const mayHoldNull = [left, right].some(({ type }) => type.kind !== "array" || type.elementNullable);
    return mayHoldNull ? overlap : binary("===", overlap, trueCode);
  },
};
