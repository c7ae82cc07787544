import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The text in upper case, by Unicode’s full mapping (ß becomes SS). */
export const upper: ScalarFunction = {
  name: "upper",
  aliases: ["ucase"],
  summary: "The text in upper case, by Unicode’s full mapping (ß becomes SS).",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["text"] }, stringType),
  canFail: never,
  emit: (args) => callCode(runtime("upperText"), argumentAt(args, 0).code),
};
