import { callCode, runtime } from "../../../code/index.ts";
import { longType, stringType } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { argumentAt, fitsParameter, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A number as hexadecimal digits (64 bits, two's complement), or bytes, and the UTF-8 bytes of a text, two digits each. */
export const hex: ScalarFunction = {
  name: "hex",
  summary: "A number as hexadecimal digits (64 bits, two's complement), or bytes, and the UTF-8 bytes of a text, two digits each.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    if (operand === undefined || operands.length !== 1) return wrongArity("1 argument");
    if (operand.type.kind === "string" || operand.type.kind === "binary") return resolved([operand.type], stringType, operand.nullable);
    if (operand.type.kind === "date" || operand.type.kind === "timestamp") return resolved([stringType], stringType, operand.nullable);
    return fitsParameter(operand.type, "long") ? resolved([longType], stringType, operand.nullable) : wrongType(0, "a whole number, a string or bytes");
  },
  canFail: never,
  emit(args) {
    const value = argumentAt(args, 0);
    return callCode(runtime(value.type.kind === "string" ? "hexText" : value.type.kind === "binary" ? "hexBytes" : "hexLong"), value.code);
  },
};
