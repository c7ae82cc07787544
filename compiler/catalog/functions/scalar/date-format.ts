import { method } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { datetimePatternProblem, formatCode } from "../datetime-pattern.ts";
import { argumentAt, resolveParameters, unlessConstant } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A timestamp as a text, by a datetime pattern. */
export const dateFormat: ScalarFunction = {
  name: "date_format",
  summary: "A timestamp as a text, by a datetime pattern such as `yyyy-MM-dd HH:mm`.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => datetimePatternProblem(operands[1], 1, "format", operands[0]) ?? resolveParameters(operands, { required: ["timestamp", "text"] }, stringType),
  canFail: unlessConstant(1),
  emit(args, _result, services) {
    return method(formatCode(argumentAt(args, 1), services), "format", argumentAt(args, 0).code);
  },
};
