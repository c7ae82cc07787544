import { callCode, method, runtime } from "../../code/index.ts";
import { type DataType, doubleType, longType } from "../../ir/types/data-type.ts";
import { isDoubleLike, operandsOf, refusedType } from "./aggregate-argument.ts";
import type { AggregateFunction } from "./aggregate-function.ts";
import { resolved, wrongArity, wrongType } from "./operand.ts";
import { checkPercentage, percentageType, percentileCode, percentileResult } from "./percentile-settings.ts";

/** `percentile` and `percentile_disc`: of all values, exactly, as doubles or durations; a third argument says how often each value counts. */
export function exactPercentile(name: "percentile" | "percentile_disc", aliases: readonly string[], summary: string): AggregateFunction {
  const [one, several] = name === "percentile" ? ["at", "allAt"] : ["discreteAt", "allDiscreteAt"];
  return {
    name,
    aliases,
    summary,
    settings: [1],
    keepsValues: true,
    checkSettings: ([percentage]) => checkPercentage(percentage, 1),
    resolve(operands) {
      const found = operandsOf(operands, 2, 3);
      if ("refused" in found) return found.refused;
      const [value, percentage, frequency] = found.all;
      if (value === undefined || percentage === undefined) return wrongArity("2 or 3 arguments");
      const refused = refusedType([value], isDoubleOrDuration, "a number or a duration");
      if (refused !== undefined) return refused;
      const wanted = percentageType(percentage);
      if (wanted === undefined) return wrongType(1, "a percentage between 0.0 and 1.0, or an array of them");
      if (frequency !== undefined && frequency.type.kind !== "int" && frequency.type.kind !== "long") return wrongType(2, "a whole number");
      const type = value.type.kind === "duration" ? value.type : doubleType;
      return resolved([type, wanted, ...(frequency === undefined ? [] : [longType])], percentileResult(percentage, type), true);
    },
    lane: ([type]) => callCode(type?.kind === "duration" ? runtime("percentileOfDurations") : runtime("percentile")),
    emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
    emitResult: (lane, slot, [percentage]) => percentileCode(lane, slot, percentage, one, several),
  };
}

/** The types of which there are exact percentiles: what is taken as a double, and durations. */
export function isDoubleOrDuration(type: DataType): boolean {
  return isDoubleLike(type) || type.kind === "duration";
}
