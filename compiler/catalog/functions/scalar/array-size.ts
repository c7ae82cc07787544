import { member } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { arrayOperand } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The number of items of an array, null ones included. */
export const arraySize: ScalarFunction = {
  name: "array_size",
  summary: "The number of items of an array, null ones included.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 1) return wrongArity("1 argument");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    return resolved([array], intType, anyNullable(operands));
  },
  canFail: never,
  emit: (args) => member(argumentAt(args, 0).code, "length"),
};
