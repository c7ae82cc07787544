import { callCode, runtime } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The number of characters (code points) of a text. */
export const length: ScalarFunction = {
  name: "length",
  aliases: ["char_length", "character_length", "len"],
  summary: "The number of characters (code points) of a text.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["text"] }, intType),
  canFail: never,
  emit: (args) => callCode(runtime("textLength"), argumentAt(args, 0).code),
};
