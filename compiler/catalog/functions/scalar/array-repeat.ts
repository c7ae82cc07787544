import { callCode, runtime } from "../../../code/index.ts";
import { arrayType, intType } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { always, fitsParameter } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** An array of one value so many times; the value may be null. */
export const arrayRepeat: ScalarFunction = {
  name: "array_repeat",
  summary: "An array of one value so many times; the value may be null.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const [item, count] = operands;
    if (item === undefined || count === undefined || operands.length !== 2) return wrongArity("2 arguments");
    if (!fitsParameter(count.type, "int")) return wrongType(1, "an int");
    return resolved([item.type, intType], arrayType(item.type, item.nullable), count.nullable);
  },
  canFail: always,
  emit: (args) => callCode(runtime("repeatItem"), ...args.map((arg) => arg.code)),
};
