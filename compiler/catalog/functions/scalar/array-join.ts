import { callCode, method, runtime } from "../../../code/index.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { arrayType, stringType } from "../../../ir/types/data-type.ts";
import { arrayOperand } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, fitsParameter, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The items of an array as one text, a separator between them; nulls are left out, or shown as a third text. */
export const arrayJoin: ScalarFunction = {
  name: "array_join",
  summary: "The items of an array as one text, a separator between them; nulls are left out, or shown as a third text.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 2 && operands.length !== 3) return wrongArity("2 or 3 arguments");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    if (!fitsParameter(array.element, "text") && array.element.kind !== "null") return wrongType(0, "an array of strings");
    const odd = operands.findIndex((operand, at) => at > 0 && !fitsParameter(operand.type, "text"));
    if (odd >= 0) return wrongType(odd, "a string");
    return resolved([arrayType(stringType, array.elementNullable), stringType, stringType], stringType, anyNullable(operands));
  },
  canFail: never,
  emit(args) {
    const [array, separator, ...rest] = args;
    if (array === undefined || separator === undefined) return internalError("E9003", "array_join without two arguments");
    const hasNull = array.type.kind !== "array" || array.type.elementNullable;
    return hasNull ? callCode(runtime("joinItems"), array.code, separator.code, ...rest.map((arg) => arg.code)) : method(array.code, "join", separator.code);
  },
};
