import { callCode, runtime } from "../../../code/index.ts";
import { isOrderable } from "../../types/orderable.ts";
import { arrayOperand, itemOrder } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The largest item of an array that is not null; null where there is none. */
export const arrayMax: ScalarFunction = {
  name: "array_max",
  summary: "The largest item of an array that is not null; null where there is none.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 1) return wrongArity("1 argument");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    if (!isOrderable(array.element)) return wrongType(0, "an array whose items have an order");
    return resolved([array], array.element, true);
  },
  canFail: never,
  emit(args, result, services) {
    return callCode(runtime("largestItem"), argumentAt(args, 0).code, itemOrder(result, services));
  },
};
