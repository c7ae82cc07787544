import { binary, conditional, nullCode } from "../../../code/index.ts";
import { commonType } from "../../types/common-type.ts";
import { poisoned, resolved, wrongArity, wrongType } from "../operand.ts";
import { argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The second value where the first is not null, else the third. */
export const nvl2: ScalarFunction = {
  name: "nvl2",
  summary: "The second value where the first is not null, else the third.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const [test, present, absent] = operands;
    if (test === undefined || present === undefined || absent === undefined || operands.length !== 3) return wrongArity("3 arguments");
    const refused = poisoned(operands);
    if (refused !== undefined) return refused;
    const type = commonType([present.type, absent.type]);
    return type === undefined ? wrongType(2, `a value of one type with ${present.type.kind}`) : resolved([test.type, type, type], type, present.nullable || absent.nullable);
  },
  canFail: never,
  emit(args) {
    const [test, present, absent] = [argumentAt(args, 0), argumentAt(args, 1), argumentAt(args, 2)];
    return test.nullable ? conditional(binary("!==", test.code, nullCode), present.code, absent.code) : present.code;
  },
};
