import { callCode, runtime } from "../../../code/index.ts";
import { booleanType } from "../../../ir/types/data-type.ts";
import { resolved } from "../operand.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Whether a number is NaN; false for null. */
export const isnan: ScalarFunction = {
  name: "isnan",
  summary: "Whether a number is NaN; false for null (Spark's IsNaN).",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const resolution = resolveParameters(operands, { required: ["double"] }, booleanType);
    return resolution.ok ? resolved(resolution.parameters, booleanType, false) : resolution;
  },
  canFail: never,
  emit: (args) => callCode(runtime("isNotANumber"), argumentAt(args, 0).code),
};
