import { callCode, runtime } from "../../../code/index.ts";
import { binaryType, intType, stringType } from "../../../ir/types/data-type.ts";
import { poisoned, resolved, wrongArity, wrongType } from "../operand.ts";
import { always, fitsParameter } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The n-th of the arguments behind the first, from 1; an error beyond the ends. */
export const elt: ScalarFunction = {
  name: "elt",
  summary: "The n-th of the texts behind the first argument, from 1; an error beyond the ends.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const [index, ...items] = operands;
    if (index === undefined || items.length === 0) return wrongArity("at least 2 arguments");
    const refused = poisoned(operands);
    if (refused !== undefined) return refused;
    if (!fitsParameter(index.type, "int")) return wrongType(0, "an int");
    const odd = items.findIndex(({ type }) => !fitsParameter(type, "text"));
    if (odd >= 0) return wrongType(odd + 1, "a string");
    const type = items.every((item) => item.type.kind === "binary") ? binaryType : stringType;
    return resolved([intType, ...items.map(() => type)], type, true);
  },
  canFail: always,
  emit: (args) => callCode(runtime("pickItem"), ...args.map((arg) => arg.code)),
};
