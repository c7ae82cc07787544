import { binary, method, nullCode } from "../../../code/index.ts";
import { mapType } from "../../../ir/types/data-type.ts";
import { arrayAccess } from "../array-access.ts";
import { itemType } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { argumentAt } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** An element of an array, from 1, from the end where negative; an error beyond the ends. Or the value of a key of a map, else null. */
export const elementAt = orOfMap(
  arrayAccess({
    name: "element_at",
    summary: "An element of an array, from 1, from the end where negative; an error beyond the ends. Or the value of a key of a map, null where it has none.",
    kernel: "elementAt",
    lenient: false,
    strictIndex: true,
  }),
);

/** As `element_at`, with null beyond the ends. */
export const tryElementAt = orOfMap(
  arrayAccess({
    name: "try_element_at",
    summary: "An element of an array, from 1, from the end where negative; null beyond the ends. Or the value of a key of a map, null where it has none.",
    kernel: "elementOrNull",
    lenient: true,
    strictIndex: true,
  }),
);

function orOfMap(ofArray: ScalarFunction): ScalarFunction {
  return {
    ...ofArray,
    resolve(operands) {
      const [map, key] = operands;
      if (map?.type.kind !== "map") return ofArray.resolve(operands);
      if (key === undefined || operands.length !== 2) return wrongArity("2 arguments");
      const type = itemType(map.type.key, key.type);
      if (type === undefined) return wrongType(1, "a value of the type of the map's keys");
      return resolved([mapType(type, map.type.value, map.type.valueNullable), type], map.type.value, true);
    },
    // There is no element 0, for `try_element_at` neither.
    canFail: (args) => args[0]?.kind !== "map",
    emit(args, result, services) {
      const base = argumentAt(args, 0);
      return base.type.kind === "map" ? binary("??", method(base.code, "get", argumentAt(args, 1).code), nullCode) : ofArray.emit(args, result, services);
    },
  };
}
