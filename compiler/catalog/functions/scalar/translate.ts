import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { argumentAt, constantText, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A text with each character of the second argument replaced by the one at its place in the third. */
export const translate: ScalarFunction = {
  name: "translate",
  summary: "A text with each character of the second argument replaced by the one at its place in the third, or left out where that is shorter.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: ["text", "text", "text"] }, stringType),
  canFail: never,
  emit(args, _result, services) {
    const [text, from, to] = [argumentAt(args, 0), argumentAt(args, 1), argumentAt(args, 2)];
    const made = callCode(runtime("translation"), from.code, to.code);
    const isConstant = constantText(from) !== undefined && constantText(to) !== undefined;
    return callCode(isConstant ? services.constant("translated", made) : made, text.code);
  },
};
