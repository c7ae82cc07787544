import { arrow, callCode, nullCode, objectCode, runtime, Scope } from "../../../code/index.ts";
import { type ArrayType, arrayType, recordType } from "../../../ir/types/data-type.ts";
import { arrayOperand } from "../collection-operand.ts";
import { resolved, wrongArity, wrongType, wrongValue } from "../operand.ts";
import { anyNullable, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** An array of records with the items at each place of several arrays, named like the columns or 0, 1 …; null where an array has ended. */
export const arraysZip: ScalarFunction = {
  name: "arrays_zip",
  summary: "An array of records with the items at each place of several arrays, named like the columns or 0, 1 …; null where an array has ended.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length === 0) return wrongArity("at least 1 argument");
    const arrays: ArrayType[] = [];
    for (const [at, operand] of operands.entries()) {
      const array = arrayOperand(operand);
      if (array === undefined) return wrongType(at, "an array");
      arrays.push(array);
    }
    const names = operands.map((operand, at) => operand.name ?? String(at));
    const twice = names.findIndex((name, at) => names.indexOf(name) < at);
    if (twice >= 0) return wrongValue(twice, `two fields of the records would be called \`${names[twice] ?? ""}\``);
    const record = recordType(arrays.map((array, at) => ({ name: names[at] ?? "", type: array.element, nullable: true })));
    return resolved(arrays, arrayType(record, false), anyNullable(operands));
  },
  canFail: never,
  emit(args, result) {
    const fields = result.kind === "array" && result.element.kind === "record" ? result.element.fields : [];
    const scope = new Scope();
    const items = fields.map(({ name }) => scope.name(/^\d+$/.test(name) ? `item${name}` : name));
    const record = objectCode(fields.map(({ name }, at) => [name, items[at] ?? nullCode]));
    return callCode(runtime("zipArrays"), arrow(items, record), ...args.map((arg) => arg.code));
  },
};
