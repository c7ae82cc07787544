import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { decimalType, durationType, intType } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { always, anyNullable, fitsParameter } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A duration of its parts. */
export const makeDtInterval: ScalarFunction = {
  name: "make_dt_interval",
  summary: "A duration of days, hours, minutes and seconds; those left out from the right are zero.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length > 4) return wrongArity("at most 4 arguments");
    const wrong = operands.findIndex(({ type }, at) => !fitsParameter(type, at < 3 ? "narrow int" : "double"));
    if (wrong >= 0) return wrongType(wrong, wrong < 3 ? "an int" : "a number of seconds");
    return resolved([intType, intType, intType, decimalType(18, 6)].slice(0, operands.length), durationType, anyNullable(operands));
  },
  canFail: always,
  emit: (args) => callCode(runtime("makeDuration"), ...[0, 1, 2, 3].map((at) => args[at]?.code ?? numberCode(0))),
};
