import { callCode, runtime } from "../../../code/index.ts";
import { arrayType } from "../../../ir/types/data-type.ts";
import { mapOperand } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The keys of a map as an array, in their order. */
export const mapKeys: ScalarFunction = {
  name: "map_keys",
  summary: "The keys of a map as an array, in their order.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 1) return wrongArity("1 argument");
    const map = mapOperand(operands[0]);
    if (map === undefined) return wrongType(0, "a map");
    return resolved([map], arrayType(map.key, false), anyNullable(operands));
  },
  canFail: never,
  emit: (args) => callCode(runtime("mapKeys"), argumentAt(args, 0).code),
};
