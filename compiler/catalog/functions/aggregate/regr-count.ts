import { longType } from "../../../ir/types/data-type.ts";
import { isDoubleLike, operandsOf, refusedType } from "../aggregate-argument.ts";
import type { AggregateFunction } from "../aggregate-function.ts";
import { resolved } from "../operand.ts";
import { count } from "./count.ts";

export const regrCount: AggregateFunction = {
  ...count,
  name: "regr_count",
  summary: "For how many pairs neither is null: `regr_count(y, x)`.",
  resolve(operands) {
    const found = operandsOf(operands, 2, 2);
    if ("refused" in found) return found.refused;
    return refusedType(found.all, isDoubleLike, "a number") ?? resolved(found.all.map(({ type }) => type), longType, false);
  },
};
