import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { resolved } from "../operand.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Bytes as a text in which what is not UTF-8 became U+FFFD; a string stays as it is. */
export const makeValidUtf8: ScalarFunction = {
  name: "make_valid_utf8",
  summary: "Bytes as a text in which what is not UTF-8 became U+FFFD; a string stays as it is.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    if (operand?.type.kind === "binary" && operands.length === 1) return resolved([operand.type], stringType, operand.nullable);
    return resolveParameters(operands, { required: ["text"] }, stringType);
  },
  canFail: never,
  emit(args) {
    const value = argumentAt(args, 0);
    return value.type.kind === "binary" ? callCode(runtime("validTextFromBytes"), value.code) : value.code;
  },
};
