import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The text without spaces, or without any of the characters of the second argument, at both ends. */
export const btrim: ScalarFunction = {
  name: "btrim",
  summary: "The text without spaces, or without any of the characters of the second argument, at both ends.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["text"], optional: ["text"] }, stringType),
  canFail: never,
  emit(args) {
    const text = argumentAt(args, 0).code;
    return args.length === 1 ? callCode(runtime("trimText"), text) : callCode(runtime("trimCharacters"), argumentAt(args, 1).code, text);
  },
};
