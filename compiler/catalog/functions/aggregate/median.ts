import { method, numberCode } from "../../../code/index.ts";
import { doubleType, durationType } from "../../../ir/types/data-type.ts";
import { operandsOf, refusedType } from "../aggregate-argument.ts";
import type { AggregateFunction } from "../aggregate-function.ts";
import { isDoubleOrDuration } from "../exact-percentile.ts";
import { resolved } from "../operand.ts";
import { percentile } from "./percentile.ts";

export const median: AggregateFunction = {
  name: "median",
  summary: "`percentile(x, 0.5)`: the value in the middle, or the mean of the two there. Every different value is kept.",
  keepsValues: true,
  resolve(operands) {
    const found = operandsOf(operands, 1, 1);
    if ("refused" in found) return found.refused;
    const type = found.all[0]?.type.kind === "duration" ? durationType : doubleType;
    return refusedType(found.all, isDoubleOrDuration, "a number or a duration") ?? resolved([type], type, true);
  },
  lane: (args, result, settings) => percentile.lane(args, result, settings),
  emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
  emitResult: (lane, slot) => method(lane, "at", slot, numberCode(0.5)),
};
