import { callCode, runtime } from "../../../code/index.ts";
import { mapType } from "../../../ir/types/data-type.ts";
import { arrayOperand, canBeKey } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { always, anyNullable } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A map of an array of keys and one of their values; there must be as many. */
export const mapFromArrays: ScalarFunction = {
  name: "map_from_arrays",
  summary: "A map of an array of keys and one of their values; there must be as many.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 2) return wrongArity("2 arguments");
    const [keys, values] = [arrayOperand(operands[0]), arrayOperand(operands[1])];
    if (keys === undefined) return wrongType(0, "an array");
    if (values === undefined) return wrongType(1, "an array");
    if (!canBeKey(keys.element)) return wrongType(0, "an array of scalars that are not binary");
    return resolved([keys, values], mapType(keys.element, values.element, values.elementNullable), anyNullable(operands));
  },
  canFail: always,
  emit: (args) => callCode(runtime("mapFromArrays"), ...args.map((arg) => arg.code)),
};
