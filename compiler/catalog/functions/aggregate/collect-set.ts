import { callCode, runtime } from "../../../code/index.ts";
import { isOrderable } from "../../types/orderable.ts";
import { typeDescriptorCode } from "../../types/type-descriptor-code.ts";
import type { AggregateFunction } from "../aggregate-function.ts";
import { wrongType } from "../operand.ts";
import { collectList } from "./collect-list.ts";

export const collectSet: AggregateFunction = {
  ...collectList,
  name: "collect_set",
  aliases: [],
  summary: "Each value that is not null once, as an array, in the order in which they come first; empty where there are none.",
  ignoresDuplicates: true,
  resolve(operands) {
    const [operand] = operands;
    if (operand !== undefined && operands.length === 1 && operand.type.kind !== "error" && !isOrderable(operand.type)) return wrongType(0, "a value that can be compared");
    return collectList.resolve(operands);
  },
  lane: ([element], result) => callCode(runtime("collectSet"), typeDescriptorCode(element ?? result, false)),
};
