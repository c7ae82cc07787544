import { arrayCode, callCode, type Code, runtime } from "../../../code/index.ts";
import { mapType, nullType } from "../../../ir/types/data-type.ts";
import { canBeKey } from "../collection-operand.ts";
import { commonType } from "../../types/common-type.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { anyNullable, argumentAt } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A map of keys, each before its value; a key that is null or comes twice is an error. */
export const map: ScalarFunction = {
  name: "map",
  summary: "A map of keys, each before its value; a key that is null or comes twice is an error.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    if (operands.length % 2 !== 0) return wrongArity("a key and a value for each entry");
    const [keys, values] = [0, 1].map((side) => operands.filter((_, at) => at % 2 === side));
    if (keys === undefined || values === undefined || keys.length === 0) return resolved([], mapType(nullType, nullType, false), false);
    const [key, value] = [commonType(keys.map((operand) => operand.type)), commonType(values.map((operand) => operand.type))];
    if (key === undefined) return wrongType(2, "a key of one type with the others");
    if (value === undefined) return wrongType(3, "a value of one type with the others");
    if (!canBeKey(key)) return wrongType(0, "a key that is a scalar and not binary");
    return resolved(operands.map((_, at) => (at % 2 === 0 ? key : value)), mapType(key, value, anyNullable(values)), false);
  },
  canFail: (args) => args.length > 0,
  emit(args) {
    const entries: Code[] = [];
    for (let at = 0; at < args.length; at += 2) entries.push(arrayCode([argumentAt(args, at).code, argumentAt(args, at + 1).code]));
    return callCode(runtime("mapOf"), arrayCode(entries));
  },
};
