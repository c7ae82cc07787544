import { callCode, method, runtime } from "../../../code/index.ts";
import { arrayType, nullType } from "../../../ir/types/data-type.ts";
import { typeDescriptorCode } from "../../types/type-descriptor-code.ts";
import { operandsOf } from "../aggregate-argument.ts";
import type { AggregateFunction } from "../aggregate-function.ts";
import { resolved } from "../operand.ts";

export const collectList: AggregateFunction = {
  name: "collect_list",
  aliases: ["array_agg"],
  summary: "The values that are not null as an array, in the order in which the rows come; empty where there are none.",
  keepsValues: true,
  resolve(operands) {
    const found = operandsOf(operands, 1, 1);
    if ("refused" in found) return found.refused;
    const types = found.all.map(({ type }) => type);
    return resolved(types, arrayType(types[0] ?? nullType, false), false);
  },
  lane: ([element], result) => callCode(runtime("collectList"), typeDescriptorCode(element ?? result, false)),
  emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
  emitResult: (lane, slot) => method(lane, "get", slot),
};
