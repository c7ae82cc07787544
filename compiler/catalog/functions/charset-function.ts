import { callCode, runtime } from "../../code/index.ts";
import { charsets } from "../../../runtime/functions/text/charsets.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { wrongValue } from "./operand.ts";
import { always, constantText, type ParameterKind, resolveParameters } from "./resolution.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** `encode` and the `decode` of two arguments: a value and the name of a character set. */
export function charsetFunction(name: string, kernel: string, required: readonly ParameterKind[], summary: string, result: DataType): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve(operands) {
      const charset = constantText(operands[1]);
      if (charset !== undefined && !charsets.includes(charset.toLowerCase())) return wrongValue(1, `\`${charset}\` is none of the character sets ${charsets.join(", ")}`);
      return resolveParameters(operands, { required }, result);
    },
    canFail: always,
    emit: (args) => callCode(runtime(kernel), ...args.map((arg) => arg.code)),
  };
}
