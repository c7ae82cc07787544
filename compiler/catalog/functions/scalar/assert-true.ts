import { callCode, runtime } from "../../../code/index.ts";
import { booleanType, nullType, stringType } from "../../../ir/types/data-type.ts";
import { poisoned, resolved, wrongArity, wrongType } from "../operand.ts";
import { always, fitsParameter } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Null where a condition is true; else the row fails. */
export const assertTrue: ScalarFunction = {
  name: "assert_true",
  summary: "Null where a condition is true; else, also where it is null, the row fails, with a message if one is given.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const [condition, message] = operands;
    if (condition === undefined || operands.length > 2) return wrongArity("1 or 2 arguments");
    const refused = poisoned(operands);
    if (refused !== undefined) return refused;
    if (condition.type.kind !== "boolean" && condition.type.kind !== "null" && condition.type.kind !== "string") return wrongType(0, "a boolean");
    if (message !== undefined && !fitsParameter(message.type, "text")) return wrongType(1, "a string");
    return resolved(message === undefined ? [booleanType] : [booleanType, stringType], nullType, true);
  },
  canFail: always,
  emit: (args) => callCode(runtime("assertTrue"), ...args.map((arg) => arg.code)),
};
