import { objectCode } from "../../../code/index.ts";
import { recordType } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongValue } from "../operand.ts";
import { argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A record of values, its fields named like the columns, or col1, col2 … by their place. */
export const struct: ScalarFunction = {
  name: "struct",
  summary: "A record of values, its fields named like the columns, or col1, col2 … by their place.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    if (operands.length === 0) return wrongArity("at least 1 argument");
    const names = operands.map((operand, at) => operand.name ?? `col${at + 1}`);
    const twice = names.findIndex((name, at) => names.indexOf(name) < at);
    if (twice >= 0) return wrongValue(twice, `two fields of the record would be called \`${names[twice] ?? ""}\`: name them as in \`{ name: value }\``);
    const fields = operands.map((operand, at) => ({ name: names[at] ?? "", type: operand.type, nullable: operand.nullable }));
    return resolved(operands.map((operand) => operand.type), recordType(fields), false);
  },
  canFail: never,
  emit: (args, result) => objectCode(result.kind === "record" ? result.fields.map(({ name }, at) => [name, argumentAt(args, at).code]) : []),
};
