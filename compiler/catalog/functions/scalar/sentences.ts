import { callCode, runtime } from "../../../code/index.ts";
import { arrayType, stringType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The words of each sentence of a text. */
export const sentences: ScalarFunction = {
  name: "sentences",
  summary: "The words of each sentence of a text, by Unicode's rules; a language and a country are taken and change nothing.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["text"], optional: ["text", "text"] }, arrayType(arrayType(stringType, false), false)),
  canFail: never,
  emit: (args) => callCode(runtime("sentencesOf"), argumentAt(args, 0).code),
};
