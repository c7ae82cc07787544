import { callCode, runtime } from "../../../code/index.ts";
import { arrayType, type DataType, stringType } from "../../../ir/types/data-type.ts";
import { poisoned, resolved, wrongArity, wrongType } from "../operand.ts";
import { fitsParameter, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Texts and arrays of texts with a separator between them; nulls are left out. */
export const concatWs: ScalarFunction = {
  name: "concat_ws",
  summary: "Texts, and the texts of arrays, with the first argument between them; nulls are left out, and null as the separator gives null.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const [separator, ...parts] = operands;
    if (separator === undefined) return wrongArity("at least 1 argument");
    const refused = poisoned(operands);
    if (refused !== undefined) return refused;
    if (!fitsParameter(separator.type, "text")) return wrongType(0, "a string");
    const odd = parts.findIndex(({ type }) => !fitsParameter(type.kind === "array" ? type.element : type, "text"));
    if (odd >= 0) return wrongType(odd + 1, "a string or an array of strings");
    return resolved([stringType, ...parts.map(({ type }) => partType(type))], stringType, separator.nullable);
  },
  canFail: never,
  emit: (args) => callCode(runtime("joinTexts"), ...args.map((arg) => arg.code)),
};

function partType(type: DataType): DataType {
  return type.kind === "array" ? arrayType(stringType, type.elementNullable || type.element.kind === "null") : stringType;
}
