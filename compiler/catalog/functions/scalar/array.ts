import { arrayCode } from "../../../code/index.ts";
import { arrayType, nullType } from "../../../ir/types/data-type.ts";
import { commonType } from "../../types/common-type.ts";
import { resolved, wrongType } from "../operand.ts";
import { anyNullable, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** An array of values of one type: `array(a, b)` is `[a, b]`. */
export const array: ScalarFunction = {
  name: "array",
  summary: "An array of values of one type: `array(a, b)` is `[a, b]`.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    if (operands.length === 0) return resolved([], arrayType(nullType, false), false);
    const types = operands.map((operand) => operand.type);
    const type = commonType(types);
    if (type === undefined) return wrongType(types.findIndex((_, at) => commonType(types.slice(0, at + 1)) === undefined), "a value of one type with the others");
    return resolved(types.map(() => type), arrayType(type, anyNullable(operands)), false);
  },
  canFail: never,
  emit: (args) => arrayCode(args.map((arg) => arg.code)),
};
