import { method } from "../../../code/index.ts";
import { booleanType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Whether the first text ends in the second. */
export const endsWith: ScalarFunction = {
  name: "endswith",
  aliases: ["ends_with"],
  summary: "Whether the first text ends in the second.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["text", "text"] }, booleanType),
  canFail: never,
  emit: (args) => method(argumentAt(args, 0).code, "endsWith", argumentAt(args, 1).code),
};
