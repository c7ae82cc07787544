import { callCode, runtime } from "../../../code/index.ts";
import { mapType, stringType } from "../../../ir/types/data-type.ts";
import { commonType } from "../../types/common-type.ts";
import { mapOperand } from "../collection-operand.ts";
import { resolved, wrongType } from "../operand.ts";
import { always, anyNullable } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The entries of several maps in one; a key that comes twice is an error. */
export const mapConcat: ScalarFunction = {
  name: "map_concat",
  summary: "The entries of several maps in one; a key that comes twice is an error.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length === 0) return resolved([], mapType(stringType, stringType, true), false);
    const odd = operands.findIndex((operand) => mapOperand(operand) === undefined);
    if (odd >= 0) return wrongType(odd, "a map");
    const type = commonType(operands.map((operand) => operand.type));
    return type === undefined ? wrongType(1, "a map of the same types") : resolved(operands.map(() => type), type, anyNullable(operands));
  },
  canFail: always,
  emit: (args) => callCode(runtime("joinMaps"), ...args.map((arg) => arg.code)),
};
