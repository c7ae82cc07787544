import { arrayCode, arrow, callCode, member, runtime, Scope } from "../../../code/index.ts";
import { mapType } from "../../../ir/types/data-type.ts";
import { arrayOperand, canBeKey } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { always, anyNullable, argumentAt } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A map of an array of records of two fields, the key and the value; null where a record is. */
export const mapFromEntries: ScalarFunction = {
  name: "map_from_entries",
  summary: "A map of an array of records of two fields, the key and the value; null where a record is.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 1) return wrongArity("1 argument");
    const array = arrayOperand(operands[0]);
    if (array === undefined) return wrongType(0, "an array");
    const { element } = array;
    const [key, value, ...more] = element.kind === "record" ? element.fields : [];
    if (key === undefined || value === undefined || more.length > 0) return wrongType(0, "an array of records of two fields");
    if (!canBeKey(key.type)) return wrongType(0, "an array of records whose first field is a scalar and not binary");
    return resolved([array], mapType(key.type, value.type, value.nullable), array.elementNullable || anyNullable(operands));
  },
  canFail: always,
  emit(args) {
    const array = argumentAt(args, 0);
    const fields = array.type.kind === "array" && array.type.element.kind === "record" ? array.type.element.fields : [];
    const entry = new Scope().name("entry");
    return callCode(runtime("mapFromEntries"), array.code, arrow([entry], arrayCode(fields.map(({ name }) => member(entry, name)))));
  },
};
