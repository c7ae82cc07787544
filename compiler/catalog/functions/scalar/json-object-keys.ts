import { callCode, runtime } from "../../../code/index.ts";
import { arrayType, stringType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The names of the members of a JSON text that is an object; null for any other. */
export const jsonObjectKeys: ScalarFunction = {
  name: "json_object_keys",
  summary: "The names of the members of a JSON text that is an object; null for any other.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const resolution = resolveParameters(operands, { required: ["text"] }, arrayType(stringType, false));
    return resolution.ok ? { ...resolution, nullable: true } : resolution;
  },
  canFail: never,
  emit: (args) => callCode(runtime("jsonObjectKeys"), argumentAt(args, 0).code),
};
