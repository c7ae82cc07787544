import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Part number n of a text cut at a literal delimiter, from 1, from the end where negative; empty beyond the ends. */
export const splitPart: ScalarFunction = {
  name: "split_part",
  summary: "Part number n of a text cut at a literal delimiter, from 1, from the end where negative; empty beyond the ends.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["text", "text", "int"] }, stringType),
  canFail: (_args, _result, constants) => (constants?.[2]?.value ?? 0) === 0,
  emit: (args) => callCode(runtime("splitPart"), ...args.map((arg) => arg.code)),
};
