import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { numberOperand } from "../number-function.ts";
import { resolved } from "../operand.ts";
import { argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Null where a number is zero, else the number. */
export const nullifzero: ScalarFunction = {
  name: "nullifzero",
  summary: "Null where a number is zero, else the number.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const number = numberOperand(operands, "1 argument", 1);
    return "refused" in number ? number.refused : resolved([number.type], number.type, true);
  },
  canFail: never,
  emit: (args) => callCode(runtime("nullIf"), argumentAt(args, 0).code, numberCode(0)),
};
