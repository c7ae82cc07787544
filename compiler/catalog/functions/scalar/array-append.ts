import { callCode, runtime } from "../../../code/index.ts";
import { arrayType } from "../../../ir/types/data-type.ts";
import { arrayOperand, itemType } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** An array with one more item behind the others, which may be null. */
export const arrayAppend: ScalarFunction = {
  name: "array_append",
  summary: "An array with one more item behind the others, which may be null.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    if (operands.length !== 2) return wrongArity("2 arguments");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    const element = itemType(array.element, operands[1]?.type ?? array.element);
    if (element === undefined) return wrongType(1, "a value of the type of the array's items");
    const type = arrayType(element, array.elementNullable || operands[1]?.nullable === true);
    return resolved([type, element], type, operands[0]?.nullable === true);
  },
  canFail: never,
  emit: (args) => callCode(runtime("appendItem"), ...args.map((arg) => arg.code)),
};
