import { callCode, method, runtime } from "../../code/index.ts";
import { doubleType } from "../../ir/types/data-type.ts";
import { isDoubleLike, operandsOf, refusedType } from "./aggregate-argument.ts";
import type { AggregateFunction } from "./aggregate-function.ts";
import { resolved } from "./operand.ts";

/** A figure over one or two columns of doubles, null where there is none: a method of a lane that also gives its relatives. */
export function doubleStatistic(name: string, aliases: readonly string[], summary: string, columns: 1 | 2, lane: "variance" | "moments" | "regression", result: string): AggregateFunction {
  return {
    name,
    aliases,
    summary,
    resolve(operands) {
      const found = operandsOf(operands, columns, columns);
      if ("refused" in found) return found.refused;
      return refusedType(found.all, isDoubleLike, "a number") ?? resolved(found.all.map(() => doubleType), doubleType, true);
    },
    lane: () => callCode(lanes[lane]()),
    emitAdd: (target, slot, args) => method(target, "add", slot, ...args),
    emitResult: (target, slot) => method(target, result, slot),
  };
}

const lanes = { variance: () => runtime("variance"), moments: () => runtime("moments"), regression: () => runtime("regression") } as const;
