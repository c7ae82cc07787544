import { callCode, method, runtime, stringCode } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { operandsOf, refusedType } from "../aggregate-argument.ts";
import type { AggregateFunction } from "../aggregate-function.ts";
import { resolved } from "../operand.ts";
import { fitsParameter } from "../resolution.ts";

export const stringAgg: AggregateFunction = {
  name: "string_agg",
  aliases: ["listagg"],
  summary: "The texts that are not null one after the other, in the order in which the rows come, with the second argument (by default nothing) between; null where there are none.",
  settings: [1],
  keepsValues: true,
  resolve(operands) {
    const found = operandsOf(operands, 1, 2);
    if ("refused" in found) return found.refused;
    return refusedType(found.all, (type) => fitsParameter(type, "text"), "a string") ?? resolved(found.all.map(() => stringType), stringType, true);
  },
  lane: (_args, _result, [delimiter]) => callCode(runtime("joinedText"), stringCode(typeof delimiter === "string" ? delimiter : "")),
  emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
  emitResult: (lane, slot) => method(lane, "get", slot),
};
