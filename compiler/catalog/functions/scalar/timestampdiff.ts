import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { longType } from "../../../ir/types/data-type.ts";
import { unitOf, unitProblem } from "../datetime-unit.ts";
import { always, argumentAt, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { zoneArgument } from "../zone-code.ts";

/** How many whole units lie between two timestamps. */
export const timestampDiff: ScalarFunction = {
  name: "timestampdiff",
  summary: "How many whole units the local clock goes on from a timestamp to another: `timestampdiff(\"hour\", opened, closed)`.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const resolution = resolveParameters(operands, { required: ["text", "timestamp", "timestamp"] }, longType);
    return resolution.ok ? (unitProblem(operands[0]) ?? resolution) : resolution;
  },
  canFail: always,
  emit(args, _result, services) {
    const unit = unitOf(args[0]) ?? internalError("E9003", "timestampdiff without a unit");
    const kernel = unit.kind === "fixed" ? "unitsBetween" : "monthUnitsBetween";
    return callCode(runtime(kernel), argumentAt(args, 1).code, argumentAt(args, 2).code, numberCode(unit.size), ...zoneArgument(services));
  },
};
