import { binary, conditional, trueCode } from "../../../code/index.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { booleanType } from "../../../ir/types/data-type.ts";
import { commonType } from "../../types/common-type.ts";
import { poisoned, resolved, wrongArity, wrongType } from "../operand.ts";
import type { ScalarFunction } from "../scalar-function.ts";

export const ifFunction: ScalarFunction = {
  name: "if",
  summary: "The second value where the first is true, else the third; the other one is not evaluated (Spark's If).",
  volatility: "immutable",
  resolve(operands) {
    const [test, yes, no] = operands;
    if (test === undefined || yes === undefined || no === undefined || operands.length !== 3) return wrongArity("3 arguments");
    const refused = poisoned(operands);
    if (refused !== undefined) return refused;
    if (test.type.kind !== "boolean" && test.type.kind !== "null") return wrongType(0, "a boolean");
    const type = commonType([yes.type, no.type]);
    return type === undefined ? wrongType(2, `a value of one type with ${yes.type.kind}`) : resolved([booleanType, type, type], type, yes.nullable || no.nullable);
  },
  nulls: "custom",
  canFail: () => false,
  emit([test, yes, no]) {
    if (test === undefined || yes === undefined || no === undefined) return internalError("E9003", "if without three operands");
    return conditional(test.nullable ? binary("===", test.code, trueCode) : test.code, yes.code, no.code);
  },
};
