import { callCode, type Code, method, numberCode, runtime } from "../../../code/index.ts";
import { type DataType, doubleType } from "../../../ir/types/data-type.ts";
import { boundedDecimal } from "../../types/decimal-types.ts";
import type { AggregateFunction } from "../aggregate-function.ts";
import { numberArgument } from "../number-argument.ts";
import { resolved } from "../operand.ts";

export const avg = {
  name: "avg",
  aliases: ["mean"],
  summary: "The mean of the values that are not null, null where there are none: a double, of decimals a decimal of four places more, of durations a duration (Spark's Average).",
  resolve(operands) {
    const argument = numberArgument(operands);
    if ("refused" in argument) return argument.refused;
    const { type } = argument;
    if (type.kind === "duration") return resolved([type], type, true);
    return type.kind === "decimal" ? resolved([type], boundedDecimal(type.precision + 4, type.scale + 4), true) : resolved([doubleType], doubleType, true);
  },
  lane([input], result) {
    if (result.kind === "duration") return callCode(runtime("averageDuration"));
    if (result.kind !== "decimal" || input?.kind !== "decimal") return callCode(runtime("averageDouble"));
    return callCode(runtime("averageDecimal"), ...[input.precision, input.scale, result.precision, result.scale].map(numberCode));
  },
  changingLane: changingMean,
  emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
  emitResult: (lane, slot) => method(lane, "get", slot),
} satisfies AggregateFunction;

/** The lane of a mean of which values may be taken back. */
export function changingMean([input]: readonly DataType[], result: DataType): Code {
  if (result.kind === "duration") return callCode(runtime("changingAverageDuration"));
  if (result.kind !== "decimal" || input?.kind !== "decimal") return callCode(runtime("changingAverageDouble"));
  return callCode(runtime("changingAverageDecimal"), ...[input.precision, input.scale, result.precision, result.scale].map(numberCode));
}
