import { arrow, binary, conditional, member, method, nullCode, Scope } from "../../../code/index.ts";
import { arrayType, stringType } from "../../../ir/types/data-type.ts";
import { arrayOperand } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType, wrongValue } from "../operand.ts";
import { argumentAt, constantText, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A field of every record of an array, as an array: `items.price`. */
export const fieldOfItems: ScalarFunction = {
  name: ".",
  summary: "A field of every record of an array, as an array: `items.price` (Spark's GetArrayStructFields).",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [items, name] = [arrayOperand(operands[0]), constantText(operands[1])];
    if (name === undefined || operands.length !== 2) return wrongArity("an array of records and the name of a field");
    if (items?.element.kind !== "record") return wrongType(0, "an array of records");
    const field = items.element.fields.find((candidate) => candidate.name === name);
    if (field === undefined) return wrongValue(1, `the records have no field \`${name}\``);
    return resolved([items, stringType], arrayType(field.type, items.elementNullable || field.nullable), operands[0]?.nullable === true);
  },
  canFail: never,
  emit(args) {
    const items = argumentAt(args, 0);
    const item = new Scope().name("item");
    const field = member(item, constantText(args[1]) ?? "");
    const mayBeNull = items.type.kind === "array" && items.type.elementNullable;
    return method(items.code, "map", arrow([item], mayBeNull ? conditional(binary("===", item, nullCode), nullCode, field) : field));
  },
};
