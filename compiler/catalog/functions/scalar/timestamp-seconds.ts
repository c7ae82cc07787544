import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { doubleType, longType, timestampType } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { always, argumentAt } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The timestamp so many seconds after the epoch. */
export const timestampSeconds: ScalarFunction = {
  name: "timestamp_seconds",
  summary: "The timestamp so many seconds after the epoch; a double may have a fraction, and gives null for NaN and the infinities.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    if (operand === undefined || operands.length !== 1) return wrongArity("1 argument");
    switch (operand.type.kind) {
      case "int":
      case "long":
      case "null":
      case "error":
        return resolved([longType], timestampType, operand.nullable);
      case "decimal":
        return resolved([operand.type], timestampType, operand.nullable);
      case "float":
      case "double":
        return resolved([doubleType], timestampType, true);
      default:
        return wrongType(0, "a number of seconds");
    }
  },
  canFail: always,
  emit(args) {
    const { code, type } = argumentAt(args, 0);
    if (type.kind === "decimal") return callCode(runtime("timestampOfDecimalSeconds"), code, numberCode(type.scale));
    return callCode(runtime(type.kind === "double" ? "timestampOfSeconds" : "timestampFromLong"), code);
  },
};
