import { callCode, runtime } from "../../../code/index.ts";
import { arrayType } from "../../../ir/types/data-type.ts";
import { mapOperand } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The values of a map as an array, in the order of its keys. */
export const mapValues: ScalarFunction = {
  name: "map_values",
  summary: "The values of a map as an array, in the order of its keys.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 1) return wrongArity("1 argument");
    const map = mapOperand(operands[0]);
    if (map === undefined) return wrongType(0, "a map");
    return resolved([map], arrayType(map.value, map.valueNullable), anyNullable(operands));
  },
  canFail: never,
  emit: (args) => callCode(runtime("mapValues"), argumentAt(args, 0).code),
};
