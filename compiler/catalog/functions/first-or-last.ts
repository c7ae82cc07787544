import { callCode, method, runtime } from "../../code/index.ts";
import { booleanType } from "../../ir/types/data-type.ts";
import { typeDescriptorCode } from "../types/type-descriptor-code.ts";
import { operandsOf, refusedType } from "./aggregate-argument.ts";
import type { AggregateFunction } from "./aggregate-function.ts";
import { resolved } from "./operand.ts";

/** `first` and `last`: the value of one row of the group, a null too unless the second argument is true (Spark's First, Last). */
export function firstOrLast(name: "first" | "last", aliases: readonly string[], summary: string): AggregateFunction {
  return {
    name,
    aliases,
    summary,
    settings: [1],
    takesNull: (_argument, [ignoreNulls]) => ignoreNulls !== true,
    ...(name === "first" ? { ignoresDuplicates: true } : {}),
    resolve(operands) {
      const found = operandsOf(operands, 1, 2);
      if ("refused" in found) return found.refused;
      const [value, ignoreNulls] = found.all;
      if (value === undefined) return { ok: false, problem: "arity", expected: "1 or 2 arguments" };
      if (ignoreNulls === undefined) return resolved([value.type], value.type, true);
      const refused = refusedType([value, ignoreNulls], (type) => type === value.type || type.kind === "boolean", "a boolean");
      return refused ?? resolved([value.type, booleanType], value.type, true);
    },
    lane: (_args, result) => callCode(name === "first" ? runtime("firstValue") : runtime("lastValue"), typeDescriptorCode(result, false)),
    emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
    emitResult: (lane, slot) => method(lane, "get", slot),
  };
}
