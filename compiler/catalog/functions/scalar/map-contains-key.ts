import { method } from "../../../code/index.ts";
import { booleanType, mapType } from "../../../ir/types/data-type.ts";
import { soughtType, mapOperand } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Whether a map has a key. */
export const mapContainsKey: ScalarFunction = {
  name: "map_contains_key",
  summary: "Whether a map has a key.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [, key] = operands;
    if (key === undefined || operands.length !== 2) return wrongArity("2 arguments");
    const map = mapOperand(operands[0]);
    if (map === undefined) return wrongType(0, "a map");
    const type = soughtType(map.key, key.type);
    if (type === undefined || key.type.kind === "null") return wrongType(1, "a value of the type of the map's keys");
    return resolved([mapType(type, map.value, map.valueNullable), type], booleanType, anyNullable(operands));
  },
  canFail: never,
  emit: (args) => method(argumentAt(args, 0).code, "has", argumentAt(args, 1).code),
};
