import { callCode, runtime } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The number of items of a JSON text that is an array; null for any other. */
export const jsonArrayLength: ScalarFunction = {
  name: "json_array_length",
  summary: "The number of items of a JSON text that is an array; null for any other.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const resolution = resolveParameters(operands, { required: ["text"] }, intType);
    return resolution.ok ? { ...resolution, nullable: true } : resolution;
  },
  canFail: never,
  emit: (args) => callCode(runtime("jsonArrayLength"), argumentAt(args, 0).code),
};
