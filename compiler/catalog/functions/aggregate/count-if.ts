import { booleanType, longType } from "../../../ir/types/data-type.ts";
import { isBooleanLike, operandsOf, refusedType } from "../aggregate-argument.ts";
import type { AggregateFunction } from "../aggregate-function.ts";
import { resolved } from "../operand.ts";
import { count } from "./count.ts";

export const countIf: AggregateFunction = {
  ...count,
  name: "count_if",
  summary: "For how many rows a condition is true.",
  isCondition: true,
  resolve(operands) {
    const found = operandsOf(operands, 1, 1);
    if ("refused" in found) return found.refused;
    return refusedType(found.all, isBooleanLike, "a boolean") ?? resolved([booleanType], longType, false);
  },
};
