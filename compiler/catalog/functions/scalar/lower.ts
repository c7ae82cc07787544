import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The text in lower case, by Unicode’s full mapping. */
export const lower: ScalarFunction = {
  name: "lower",
  aliases: ["lcase"],
  summary: "The text in lower case, by Unicode’s full mapping.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["text"] }, stringType),
  canFail: never,
  emit: (args) => callCode(runtime("lowerText"), argumentAt(args, 0).code),
};
