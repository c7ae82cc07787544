import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Characters from a position on (from 1, from the end where negative), at most so many. */
export const substring: ScalarFunction = {
  name: "substring",
  aliases: ["substr"],
  summary: "Characters from a position on (from 1, from the end where negative), at most so many.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["text", "int"], optional: ["int"] }, stringType),
  canFail: never,
  emit: (args) => callCode(runtime("substringText"), ...args.map((arg) => arg.code)),
};
