import { booleanCode, callCode, runtime } from "../../../code/index.ts";
import { booleanType, doubleType, timestampType } from "../../../ir/types/data-type.ts";
import { resolved, wrongType } from "../operand.ts";
import { anyNullable, argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { zoneArgument } from "../zone-code.ts";

/** The months from a timestamp to another, with a fraction. */
export const monthsBetween: ScalarFunction = {
  name: "months_between",
  summary: "The months from the second timestamp to the first, the rest in months of 31 days; to eight digits unless a third argument is false.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const resolution = resolveParameters(operands.slice(0, 2), { required: ["timestamp", "timestamp"] }, doubleType);
    const [, , rounded, ...more] = operands;
    if (!resolution.ok || rounded === undefined || more.length > 0) return more.length > 0 ? resolveParameters(operands, { required: ["timestamp", "timestamp"], optional: ["text"] }, doubleType) : resolution;
    if (!["boolean", "null", "error"].includes(rounded.type.kind)) return wrongType(2, "a boolean");
    return resolved([timestampType, timestampType, booleanType], doubleType, anyNullable(operands));
  },
  canFail: never,
  emit: (args, _result, services) =>
    callCode(runtime("monthsBetween"), argumentAt(args, 0).code, argumentAt(args, 1).code, args[2]?.code ?? booleanCode(true), ...zoneArgument(services)),
};
