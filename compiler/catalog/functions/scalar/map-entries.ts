import { callCode, runtime } from "../../../code/index.ts";
import { arrayType, recordType } from "../../../ir/types/data-type.ts";
import { mapOperand } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The entries of a map as an array of records `{ key, value }`. */
export const mapEntries: ScalarFunction = {
  name: "map_entries",
  summary: "The entries of a map as an array of records `{ key, value }`.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 1) return wrongArity("1 argument");
    const map = mapOperand(operands[0]);
    if (map === undefined) return wrongType(0, "a map");
    const entry = recordType([{ name: "key", type: map.key, nullable: false }, { name: "value", type: map.value, nullable: map.valueNullable }]);
    return resolved([map], arrayType(entry, false), anyNullable(operands));
  },
  canFail: never,
  emit: (args) => callCode(runtime("mapEntries"), argumentAt(args, 0).code),
};
