import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { always, argumentAt, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A bit of an int or long, 0 or 1, by its position from 0 at the right. */
export const bitGet: ScalarFunction = {
  name: "bit_get",
  aliases: ["getbit"],
  summary: "A bit of an int or long, 0 or 1, by its position from 0 at the right; an error beyond the 32 or 64 bits.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: [operands[0]?.type.kind === "long" ? "long" : "int", "int"] }, intType),
  canFail: always,
  emit(args) {
    const value = argumentAt(args, 0);
    return callCode(runtime("bitAt"), value.code, argumentAt(args, 1).code, numberCode(value.type.kind === "long" ? 64 : 32));
  },
};
