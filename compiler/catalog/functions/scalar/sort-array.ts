import { callCode, runtime } from "../../../code/index.ts";
import { booleanType } from "../../../ir/types/data-type.ts";
import { isOrderable } from "../../types/orderable.ts";
import { arrayOperand, itemOrder } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** An array in the order of its items, nulls first; with `false` descending, nulls last. */
export const sortArray: ScalarFunction = {
  name: "sort_array",
  summary: "An array in the order of its items, nulls first; with `false` descending, nulls last.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 1 && operands.length !== 2) return wrongArity("1 or 2 arguments");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    if (!isOrderable(array.element)) return wrongType(0, "an array whose items have an order");
    const direction = operands[1]?.type.kind ?? "boolean";
    if (direction !== "boolean" && direction !== "null") return wrongType(1, "a boolean");
    return resolved([array, booleanType], array, anyNullable(operands));
  },
  canFail: never,
  emit(args, result, services) {
    const element = result.kind === "array" ? result.element : result;
    return callCode(runtime("sortItems"), argumentAt(args, 0).code, itemOrder(element, services), ...args.slice(1).map((arg) => arg.code));
  },
};
