import { callCode, runtime, stringCode } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { always, argumentAt, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** So many spaces. */
export const space: ScalarFunction = {
  name: "space",
  summary: "So many spaces.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["int"] }, stringType),
  canFail: always,
  emit: (args) => callCode(runtime("repeatText"), stringCode(" "), argumentAt(args, 0).code),
};
