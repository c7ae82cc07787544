import { callCode, runtime } from "../../../code/index.ts";
import { longType, stringType } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { argumentAt, fitsParameter, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A number as hexadecimal digits (64 bits, two's complement), or a text as those of its UTF-8 bytes. */
export const hex: ScalarFunction = {
  name: "hex",
  summary: "A number as hexadecimal digits (64 bits, two's complement), or a text as those of its UTF-8 bytes.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    if (operand === undefined || operands.length !== 1) return wrongArity("1 argument");
    if (operand.type.kind === "string") return resolved([stringType], stringType, operand.nullable);
    return fitsParameter(operand.type, "long") ? resolved([longType], stringType, operand.nullable) : wrongType(0, "a whole number or a string");
  },
  canFail: never,
  emit(args) {
    const value = argumentAt(args, 0);
    return callCode(runtime(value.type.kind === "string" ? "hexText" : "hexLong"), value.code);
  },
};
