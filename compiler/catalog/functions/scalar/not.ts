import { unary } from "../../../code/index.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { resolveLogic } from "../logic.ts";
import type { ScalarFunction } from "../scalar-function.ts";

export const not: ScalarFunction = {
  name: "not",
  summary: "The opposite of a boolean; null of null.",
  volatility: "immutable",
  resolve: (operands) => resolveLogic(operands, 1),
  nulls: "propagate",
  canFail: () => false,
  emit: ([value]) => (value === undefined ? internalError("E9003", "not without an operand") : unary("!", value.code)),
};
