import { callCode, runtime } from "../../code/index.ts";
import { intType, type DataType } from "../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "./resolution.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** A function that gives a part of a date; timestamps and texts are cast to one, in the job's time zone. */
export function dateField(name: string, kernel: string, summary: string, result: DataType = intType, aliases?: readonly string[]): ScalarFunction {
  return {
    name,
    ...(aliases === undefined ? {} : { aliases }),
    summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve: (operands) => resolveParameters(operands, { required: ["date"] }, result),
    canFail: never,
    emit: (args) => callCode(runtime(kernel), argumentAt(args, 0).code),
  };
}
