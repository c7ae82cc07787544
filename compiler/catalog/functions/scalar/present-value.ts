import { knownPresent } from "../../../code/build.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { poisoned, resolved, wrongArity } from "../operand.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/**
 * A value that cannot be null here, as the rows in which it is were left out before (`where x is not null`): the analysis puts it where an imported function's record
 * takes no null. No call can be written so.
 */
export const presentValue: ScalarFunction = {
  name: "present value",
  summary: "A value of which the nulls were left out before.",
  volatility: "immutable",
  resolve(operands) {
    const [operand] = operands;
    if (operand === undefined || operands.length !== 1) return wrongArity("1 argument");
    return poisoned(operands) ?? resolved([operand.type], operand.type, false);
  },
  nulls: "custom",
  canFail: () => false,
  emit([value]) {
    if (value === undefined) return internalError("E9003", "a present value without an operand");
    return value.nullable ? knownPresent(value.code) : value.code;
  },
};
