import { member } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { arrayAccess } from "../array-access.ts";
import { resolved, wrongValue } from "../operand.ts";
import { argumentAt, constantText } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

const ofArray = arrayAccess({
  name: "[]",
  summary: "An element of an array, from 0, or a field of a record by its constant name; an error beyond the ends.",
  kernel: "itemAt",
  lenient: false,
  strictIndex: false,
});

/** An element of an array, from 0, or a field of a record by its constant name; an error beyond the ends. */
export const itemAt: ScalarFunction = {
  ...ofArray,
  resolve(operands) {
    const [base, index] = operands;
    const name = constantText(index);
    if (base?.type.kind !== "record" || name === undefined) return ofArray.resolve(operands);
    const field = base.type.fields.find((candidate) => candidate.name === name);
    return field === undefined ? wrongValue(1, `the record has no field \`${name}\``) : resolved([base.type, stringType], field.type, base.nullable || field.nullable);
  },
  canFail: (args) => args[0]?.kind === "array",
  emit(args, result, services) {
    const base = argumentAt(args, 0);
    return base.type.kind === "record" ? member(base.code, constantText(args[1]) ?? "") : ofArray.emit(args, result, services);
  },
};
