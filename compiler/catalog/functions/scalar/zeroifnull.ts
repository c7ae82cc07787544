import { binary, numberCode } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { commonType } from "../../types/common-type.ts";
import { numberOperand } from "../number-function.ts";
import { resolved, wrongType } from "../operand.ts";
import { argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Zero where a number is null, else the number. */
export const zeroifnull: ScalarFunction = {
  name: "zeroifnull",
  summary: "Zero where a number is null, else the number.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const number = numberOperand(operands, "1 argument", 1);
    if ("refused" in number) return number.refused;
    const type = commonType([number.operand.type, intType]);
    return type === undefined ? wrongType(0, "a number") : resolved([type], type, false);
  },
  canFail: never,
  emit(args) {
    const value = argumentAt(args, 0);
    return value.nullable ? binary("??", value.code, numberCode(0)) : value.code;
  },
};
