import { callCode, method, numberCode, runtime } from "../../../code/index.ts";
import { doubleType, longType } from "../../../ir/types/data-type.ts";
import { boundedDecimal } from "../../types/decimal-types.ts";
import type { AggregateFunction } from "../aggregate-function.ts";
import { numberArgument } from "../number-argument.ts";
import { resolved } from "../operand.ts";

export const sum = {
  name: "sum",
  summary: "The sum of the values that are not null, null where there are none: of ints and longs a long, of decimals a decimal of ten digits more, of durations a duration; overflow is an error (Spark's Sum).",
  resolve(operands) {
    const argument = numberArgument(operands);
    if ("refused" in argument) return argument.refused;
    const { type } = argument;
    switch (type.kind) {
      case "int":
      case "long":
        return resolved([longType], longType, true);
      case "decimal":
        return resolved([type], boundedDecimal(type.precision + 10, type.scale), true);
      case "duration":
        return resolved([type], type, true);
      default:
        return resolved([doubleType], doubleType, true);
    }
  },
  lane(_args, result) {
    if (result.kind === "decimal") return callCode(runtime("sumDecimal"), numberCode(result.precision), numberCode(result.scale));
    return callCode(runtime(result.kind === "long" ? "sumLong" : "sumDouble"));
  },
  changingLane(_args, result) {
    if (result.kind === "decimal") return callCode(runtime("changingSumDecimal"), numberCode(result.precision), numberCode(result.scale));
    return callCode(runtime(result.kind === "long" ? "changingSumLong" : "changingSumDouble"));
  },
  emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
  emitResult: (lane, slot) => method(lane, "get", slot),
} satisfies AggregateFunction;
