import { binary, member, method, nullCode } from "../../../code/index.ts";
import { isNumeric, stringType } from "../../../ir/types/data-type.ts";
import { isImplicit } from "../../types/can-cast.ts";
import { arrayAccess } from "../array-access.ts";
import { resolved, wrongType, wrongValue } from "../operand.ts";
import { argumentAt, constantText } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

const ofArray = arrayAccess({
  name: "[]",
  summary: "An element of an array, from 0 (an error beyond the ends), the value of a key of a map (else null), or a field of a record by its constant name.",
  kernel: "itemAt",
  lenient: false,
  strictIndex: false,
});

/** An element of an array, from 0, the value of a key of a map, or a field of a record by its constant name. */
export const itemAt: ScalarFunction = {
  ...ofArray,
  resolve(operands) {
    const [base, index] = operands;
    if (base?.type.kind === "map" && index !== undefined) {
      const { key, value } = base.type;
      const fits = isImplicit(index.type, key) || (isNumeric(index.type) && isNumeric(key));
      return fits ? resolved([base.type, key], value, true) : wrongType(1, "a value of the type of the map's keys");
    }
    const name = constantText(index);
    if (base?.type.kind !== "record" || name === undefined) return ofArray.resolve(operands);
    const field = base.type.fields.find((candidate) => candidate.name === name);
    return field === undefined ? wrongValue(1, `the record has no field \`${name}\``) : resolved([base.type, stringType], field.type, base.nullable || field.nullable);
  },
  canFail: (args) => args[0]?.kind === "array",
  emit(args, result, services) {
    const base = argumentAt(args, 0);
    if (base.type.kind === "map") return binary("??", method(base.code, "get", argumentAt(args, 1).code), nullCode);
    return base.type.kind === "record" ? member(base.code, constantText(args[1]) ?? "") : ofArray.emit(args, result, services);
  },
};
