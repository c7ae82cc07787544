import { booleanCode, callCode, method, runtime } from "../../../code/index.ts";
import { booleanType, nullType } from "../../../ir/types/data-type.ts";
import { isOrderable } from "../../types/orderable.ts";
import { typeDescriptorCode } from "../../types/type-descriptor-code.ts";
import { operandsOf } from "../aggregate-argument.ts";
import type { AggregateFunction } from "../aggregate-function.ts";
import { resolved, wrongType } from "../operand.ts";

export const mode: AggregateFunction = {
  name: "mode",
  summary: "The value that comes most often, nulls aside; of several the smallest where the second argument is true, else any of them (the one that Spark's Mode gives).",
  settings: [1],
  keepsValues: true,
  resolve(operands) {
    const found = operandsOf(operands, 1, 2);
    if ("refused" in found) return found.refused;
    const [value, smallest] = found.all;
    const type = value?.type ?? nullType;
    if (smallest === undefined) return resolved([type], type, true);
    if (smallest.type.kind !== "boolean") return wrongType(1, "a boolean");
    return isOrderable(type) ? resolved([type, booleanType], type, true) : wrongType(0, "a value that has an order");
  },
  lane: (_args, result, [smallest]) => callCode(runtime("mostFrequent"), typeDescriptorCode(result, false), ...(smallest === true ? [booleanCode(true)] : [])),
  emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
  emitResult: (lane, slot) => method(lane, "get", slot),
};
