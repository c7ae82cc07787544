import { objectCode } from "../../../code/index.ts";
import { type Field, recordType } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongType, wrongValue } from "../operand.ts";
import { argumentAt, constantText, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A record of names, which are constant strings, each before its value: `{ name: value }` is the shorter form. */
export const namedStruct: ScalarFunction = {
  name: "named_struct",
  summary: "A record of names, which are constant strings, each before its value: `{ name: value }` is the shorter form.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    if (operands.length === 0 || operands.length % 2 !== 0) return wrongArity("a name and a value for each field");
    const fields: Field[] = [];
    for (let at = 0; at < operands.length; at += 2) {
      const [name, value] = [constantText(operands[at]), operands[at + 1]];
      if (name === undefined || value === undefined) return wrongType(at, "a constant string: the field's name");
      if (fields.some((field) => field.name === name)) return wrongValue(at, `the record has a field \`${name}\` already`);
      fields.push({ name, type: value.type, nullable: value.nullable });
    }
    return resolved(operands.map((operand) => operand.type), recordType(fields), false);
  },
  canFail: never,
  emit: (args, result) => objectCode(result.kind === "record" ? result.fields.map(({ name }, at) => [name, argumentAt(args, 2 * at + 1).code]) : []),
};
