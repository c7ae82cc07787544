import { callCode, runtime } from "../../../code/index.ts";
import { arrayType } from "../../../ir/types/data-type.ts";
import { arrayOperand } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** An array without its nulls. */
export const arrayCompact: ScalarFunction = {
  name: "array_compact",
  summary: "An array without its nulls.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 1) return wrongArity("1 argument");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    return resolved([array], arrayType(array.element, false), anyNullable(operands));
  },
  canFail: never,
  emit: (args) => callCode(runtime("compactItems"), argumentAt(args, 0).code),
};
