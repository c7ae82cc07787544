import { binary, callCode, runtime, stringCode, type Code } from "../../../code/index.ts";
import { binaryType, stringType, type DataType } from "../../../ir/types/data-type.ts";
import { commonType } from "../../types/common-type.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, fitsParameter, never } from "../resolution.ts";
import type { EmittedArgument, ScalarFunction } from "../scalar-function.ts";
import type { Operand, Resolution } from "../signature.ts";

/** Texts, bytes, or arrays of one type, one after the other. */
export const concat: ScalarFunction = {
  name: "concat",
  summary: "Texts, bytes, or arrays of one type, one after the other; null if any is null.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: resolveConcat,
  canFail: never,
  emit: (args, result) => concatCode(args, result),
};

/** The operator between two texts or arrays. */
export const concatOperator: ScalarFunction = {
  ...concat,
  name: "||",
  summary: "Two texts, bytes, or arrays of one type, one after the other; null if either is null.",
  resolve: (operands) => (operands.length === 2 ? resolveConcat(operands) : wrongArity("2 operands")),
};

function resolveConcat(operands: readonly Operand[]): Resolution {
  if (!operands.some((operand) => operand.type.kind === "array")) {
    if (operands.length > 0 && operands.every((operand) => operand.type.kind === "binary")) return resolved(operands.map(() => binaryType), binaryType, anyNullable(operands));
    const odd = operands.findIndex((operand) => !fitsParameter(operand.type, "text"));
    return odd < 0 ? resolved(operands.map(() => stringType), stringType, anyNullable(operands)) : wrongType(odd, "a string");
  }
  const odd = operands.findIndex((operand) => operand.type.kind !== "array" && operand.type.kind !== "error");
  if (odd >= 0) return wrongType(odd, "an array, as the others are");
  const type = commonType(operands.map((operand) => operand.type));
  return type === undefined ? wrongType(1, "an array whose elements have the same type") : resolved(operands.map(() => type), type, anyNullable(operands));
}

function concatCode(args: readonly EmittedArgument[], result: DataType): Code {
  const codes = args.map((arg) => arg.code);
  if (result.kind === "array") return callCode(runtime("concatArrays"), ...codes);
  if (result.kind === "binary") return callCode(runtime("concatBytes"), ...codes);
  const [first, ...rest] = codes;
  return first === undefined ? stringCode("") : rest.reduce((left, right) => binary("+", left, right), first);
}
