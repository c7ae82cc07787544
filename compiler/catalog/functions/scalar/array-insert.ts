import { callCode, runtime } from "../../../code/index.ts";
import { arrayType, intType } from "../../../ir/types/data-type.ts";
import { arrayOperand, itemType } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { always, fitsParameter } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** An array with an item put in at a position from 1, or from the end where negative; nulls fill what is missing up to there. */
export const arrayInsert: ScalarFunction = {
  name: "array_insert",
  summary: "An array with an item put in at a position from 1, or from the end where negative; nulls fill what is missing up to there.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const [, position, item] = operands;
    if (position === undefined || item === undefined || operands.length !== 3) return wrongArity("3 arguments");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    if (!fitsParameter(position.type, "int")) return wrongType(1, "an int");
    const element = itemType(array.element, item.type);
    if (element === undefined) return wrongType(2, "a value of the type of the array's items");
    const type = arrayType(element, true);
    return resolved([type, intType, element], type, operands[0]?.nullable === true || position.nullable);
  },
  canFail: always,
  emit: (args) => callCode(runtime("insertItem"), ...args.map((arg) => arg.code)),
};
