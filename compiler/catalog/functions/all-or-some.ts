import { callCode, method, runtime } from "../../code/index.ts";
import { booleanType } from "../../ir/types/data-type.ts";
import { isBooleanLike, operandsOf, refusedType } from "./aggregate-argument.ts";
import type { AggregateFunction } from "./aggregate-function.ts";
import { resolved } from "./operand.ts";

/** `bool_and` and `bool_or`: the least and the greatest of booleans, false being the least. */
export function allOrSome(name: "bool_and" | "bool_or", aliases: readonly string[], summary: string): AggregateFunction {
  return {
    name,
    aliases,
    summary,
    ignoresDuplicates: true,
    resolve(operands) {
      const found = operandsOf(operands, 1, 1);
      if ("refused" in found) return found.refused;
      return refusedType(found.all, isBooleanLike, "a boolean") ?? resolved([booleanType], booleanType, true);
    },
    lane: () => callCode(name === "bool_and" ? runtime("minBoolean") : runtime("maxBoolean")),
    emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
    emitResult: (lane, slot) => method(lane, "get", slot),
  };
}
