import { callCode, runtime } from "../../../code/index.ts";
import { doubleType, floatType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The first number, or the second where the first is NaN. */
export const nanvl: ScalarFunction = {
  name: "nanvl",
  summary: "The first number, or the second where the first is NaN; null where the first is (Spark's NaNvl).",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const areFloats = operands.every((operand) => operand.type.kind === "float");
    const resolution = resolveParameters(operands, { required: ["double", "double"] }, doubleType);
    return resolution.ok && areFloats ? { ...resolution, parameters: [floatType, floatType], type: floatType } : resolution;
  },
  canFail: never,
  emit: (args) => callCode(runtime("unlessNaN"), argumentAt(args, 0).code, argumentAt(args, 1).code),
};
