import { callCode, runtime } from "../../../code/index.ts";
import { decimalType, intType, stringType, timestampType, type TypeKind } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { always, anyNullable, fitsParameter } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { zoneArgument } from "../zone-code.ts";

const seconds: ReadonlySet<TypeKind> = new Set(["int", "long", "decimal", "float", "double", "string", "null", "error"]);

/** A timestamp of its parts. */
export const makeTimestamp: ScalarFunction = {
  name: "make_timestamp",
  aliases: ["make_timestamp_ltz"],
  summary: "A timestamp of its year, month, day, hour, minute and seconds, in the job's time zone or in the one that a seventh argument names.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 6 && operands.length !== 7) return wrongArity("6 or 7 arguments");
    const wrong = operands.findIndex(({ type }, at) => (at < 5 ? !fitsParameter(type, "narrow int") : at === 5 ? !seconds.has(type.kind) : !fitsParameter(type, "text")));
    if (wrong >= 0) return wrongType(wrong, wrong < 5 ? "an int" : wrong === 5 ? "a number of seconds" : "a string");
    const parts = [intType, intType, intType, intType, intType, decimalType(16, 6)];
    return resolved(operands.length === 7 ? [...parts, stringType] : parts, timestampType, anyNullable(operands));
  },
  canFail: always,
  emit: (args, _result, services) =>
    callCode(runtime(args.length === 7 ? "makeTimestampAt" : "makeTimestamp"), ...args.map(({ code }) => code), ...(args.length === 7 ? [] : zoneArgument(services))),
};
