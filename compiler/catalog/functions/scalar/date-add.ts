import { callCode, runtime } from "../../../code/index.ts";
import { dateType } from "../../../ir/types/data-type.ts";
import { always, argumentAt, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { timestampAdd } from "./timestampadd.ts";

/** A date some days later; with a unit first, a timestamp some units later. */
export const dateAdd: ScalarFunction = {
  name: "date_add",
  aliases: ["dateadd"],
  summary: "A date some days later; with a unit first, a timestamp so many units later, as `timestampadd`.",
  volatility: "immutable",
  nulls: "propagate",
  resolve: (operands) => (operands.length === 3 ? timestampAdd.resolve(operands) : resolveParameters(operands, { required: ["date", "narrow int"] }, dateType)),
  canFail: always,
  emit: (args, result, services) =>
    args.length === 3 ? timestampAdd.emit(args, result, services) : callCode(runtime("addDays"), argumentAt(args, 0).code, argumentAt(args, 1).code),
};
