import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The text without spaces at the start; with two arguments, without any of the characters of the first. */
export const ltrim: ScalarFunction = {
  name: "ltrim",
  summary: "The text without spaces at the start; with two arguments, without any of the characters of the first.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["text"], optional: ["text"] }, stringType),
  canFail: never,
  emit: (args) => callCode(runtime(args.length === 1 ? "trimStartText" : "trimStartCharacters"), ...args.map((arg) => arg.code)),
};
