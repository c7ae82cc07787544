import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { timestampType } from "../../../ir/types/data-type.ts";
import { unitOf, unitProblem } from "../datetime-unit.ts";
import { always, argumentAt, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { zoneArgument } from "../zone-code.ts";

/** A timestamp some units later. */
export const timestampAdd: ScalarFunction = {
  name: "timestampadd",
  summary: "A timestamp so many units later, days and months by the local calendar: `timestampadd(\"month\", 1, t)`.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => resolveUnits(operands),
  canFail: always,
  emit(args, _result, services) {
    const unit = unitOf(args[0]) ?? internalError("E9003", "timestampadd without a unit");
    const kernel = unit.kind === "fixed" ? "addUnits" : "addMonthUnits";
    return callCode(runtime(kernel), argumentAt(args, 2).code, argumentAt(args, 1).code, numberCode(unit.size), ...zoneArgument(services));
  },
};

const resolveUnits: ScalarFunction["resolve"] = (operands) => {
  const resolution = resolveParameters(operands, { required: ["text", "long", "timestamp"] }, timestampType);
  return resolution.ok ? (unitProblem(operands[0]) ?? resolution) : resolution;
};
