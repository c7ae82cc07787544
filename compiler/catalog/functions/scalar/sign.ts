import { doubleType, durationType } from "../../../ir/types/data-type.ts";
import { ofMath } from "../double-function.ts";
import { resolvedStrict } from "../operand.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** −1, 0 or 1 by the sign of a number or duration, as a double; a negative zero and NaN stay. */
export const sign: ScalarFunction = {
  name: "sign",
  aliases: ["signum"],
  summary: "−1, 0 or 1 by the sign of a number or duration, as a double; a negative zero and NaN stay.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) =>
    operands.length === 1 && operands[0]?.type.kind === "duration" ? resolvedStrict(operands, [durationType], doubleType) : resolveParameters(operands, { required: ["double"] }, doubleType),
  canFail: never,
  emit: (args) => ofMath("sign")(argumentAt(args, 0).code),
};
