import { callCode, method, runtime } from "../../code/index.ts";
import { isOrderable } from "../types/orderable.ts";
import { typeDescriptorCode } from "../types/type-descriptor-code.ts";
import { operandsOf } from "./aggregate-argument.ts";
import type { AggregateFunction } from "./aggregate-function.ts";
import { resolved, wrongArity, wrongType } from "./operand.ts";

/** `min_by` and `max_by`: the value beside the smallest or largest ordering that is not null; the value itself may be null (Spark's MaxMinBy). */
export function extremeBy(name: "min_by" | "max_by", summary: string): AggregateFunction {
  return {
    name,
    summary,
    takesNull: (argument) => argument === 0,
    resolve(operands) {
      const found = operandsOf(operands, 2, 2);
      if ("refused" in found) return found.refused;
      const [value, ordering] = found.all;
      if (value === undefined || ordering === undefined) return wrongArity("2 arguments");
      return isOrderable(ordering.type) ? resolved([value.type, ordering.type], value.type, true) : wrongType(1, "a value that has an order");
    },
    lane: (args, result) => callCode(name === "min_by" ? runtime("minBy") : runtime("maxBy"), typeDescriptorCode(result, false), typeDescriptorCode(args[1] ?? result, false)),
    emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
    emitResult: (lane, slot) => method(lane, "get", slot),
  };
}
