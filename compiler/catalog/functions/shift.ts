import { callCode, runtime } from "../../code/index.ts";
import { intType, longType } from "../../ir/types/data-type.ts";
import { never, resolveParameters } from "./resolution.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** A shift of the bits of an int or long, in its type; `kernel` is the name of the kernels without the type's. */
export function shift(name: string, kernel: string, summary: string): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve(operands) {
      const isLong = operands[0]?.type.kind === "long";
      return resolveParameters(operands, { required: [isLong ? "long" : "int", "int"] }, isLong ? longType : intType);
    },
    canFail: never,
    emit: (args, result) => callCode(runtime(`${kernel}${result.kind === "long" ? "Long" : "Int"}`), ...args.map((arg) => arg.code)),
  };
}
