import { callCode, runtime } from "../../../code/index.ts";
import { longType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The product of the whole numbers up to this one; null outside 0 to 20. */
export const factorial: ScalarFunction = {
  name: "factorial",
  summary: "The product of the whole numbers up to this one, as a long; null outside 0 to 20.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const resolution = resolveParameters(operands, { required: ["int"] }, longType);
    return resolution.ok ? { ...resolution, nullable: true } : resolution;
  },
  canFail: never,
  emit: (args) => callCode(runtime("factorialOf"), argumentAt(args, 0).code),
};
