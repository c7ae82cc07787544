import { binary } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { argumentAt, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { timestampDiff } from "./timestampdiff.ts";

/** The days from a date to another; with a unit first, the units between two timestamps. */
export const dateDiff: ScalarFunction = {
  name: "datediff",
  aliases: ["date_diff"],
  summary: "The days from the second date to the first; with a unit first, the units from one timestamp to another, as `timestampdiff`.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => (operands.length === 3 ? timestampDiff.resolve(operands) : resolveParameters(operands, { required: ["date", "date"] }, intType)),
  canFail: (args) => args.length === 3,
  emit: (args, result, services) =>
    args.length === 3 ? timestampDiff.emit(args, result, services) : binary("-", argumentAt(args, 0).code, argumentAt(args, 1).code),
};
