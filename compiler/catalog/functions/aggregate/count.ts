import { callCode, method, runtime } from "../../../code/index.ts";
import { longType } from "../../../ir/types/data-type.ts";
import type { AggregateFunction } from "../aggregate-function.ts";
import { poisoned, resolved } from "../operand.ts";

export const count: AggregateFunction = {
  name: "count",
  summary: "How many rows there are, or for how many of them no argument is null; 0 where there are none.",
  resolve: (operands) => poisoned(operands) ?? resolved(operands.map((operand) => operand.type), longType, false),
  lane: () => callCode(runtime("count")),
  changingLane: () => callCode(runtime("count")),
  emitAdd: (lane, slot) => method(lane, "add", slot),
  emitResult: (lane, slot) => method(lane, "get", slot),
};
