import { callCode, type Code, method, numberCode, runtime } from "../../code/index.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { isOrderable } from "../types/orderable.ts";
import { typeDescriptorCode } from "../types/type-descriptor-code.ts";
import type { AggregateFunction } from "./aggregate-function.ts";
import { poisoned, resolved, wrongArity, wrongType } from "./operand.ts";

/** `min` and `max`: of every type that has an order, in that type; null where there are no values (Spark's Min, Max). */
export function extreme(name: "min" | "max", summary: string): AggregateFunction {
  return {
    name,
    summary,
    ignoresDuplicates: true,
    resolve(operands) {
      const [operand] = operands;
      if (operand === undefined || operands.length !== 1) return wrongArity("1 argument");
      const refused = poisoned(operands);
      if (refused !== undefined) return refused;
      return isOrderable(operand.type) ? resolved([operand.type], operand.type, true) : wrongType(0, "a value that has an order");
    },
    lane: (_args, result) => laneOf(name, result),
    emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
    emitResult: (lane, slot) => method(lane, "get", slot),
  };
}

function laneOf(name: "min" | "max", type: DataType): Code {
  switch (type.kind) {
    case "int":
    case "date":
    case "timestamp":
    case "duration":
    case "null":
      return callCode(runtime(`${name}Number`));
    case "long":
      return callCode(runtime(`${name}Long`));
    case "decimal":
      return callCode(runtime(`${name}Decimal`), numberCode(type.precision), numberCode(type.scale));
    case "float":
    case "double":
      return callCode(runtime(`${name}Double`));
    case "string":
      return callCode(runtime(`${name}Text`));
    case "boolean":
      return callCode(runtime(`${name}Boolean`));
    default:
      return callCode(runtime(`${name}Value`), typeDescriptorCode(type, false));
  }
}
