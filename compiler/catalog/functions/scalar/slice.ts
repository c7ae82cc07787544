import { callCode, runtime } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { arrayOperand } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { always, anyNullable, fitsParameter } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** So many items of an array from a position on, from 1, or from the end where negative. */
export const slice: ScalarFunction = {
  name: "slice",
  summary: "So many items of an array from a position on, from 1, or from the end where negative.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [, start, length] = operands;
    if (start === undefined || length === undefined || operands.length !== 3) return wrongArity("3 arguments");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    if (!fitsParameter(start.type, "int")) return wrongType(1, "an int");
    if (!fitsParameter(length.type, "int")) return wrongType(2, "an int");
    return resolved([array, intType, intType], array, anyNullable(operands));
  },
  canFail: always,
  emit: (args) => callCode(runtime("sliceItems"), ...args.map((arg) => arg.code)),
};
