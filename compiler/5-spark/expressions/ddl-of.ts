import type { DataType, Field } from "../../ir/types/data-type.ts";
import { plainTypeText } from "./cast-type.ts";

/** Columns as Spark's DDL writes them, names in backticks: `` `a` int, `b` struct<`c`: string> ``. */
export function ddlOf(fields: readonly Field[]): string {
  return fields.map((field) => `${quotedName(field.name)} ${typeDdl(field.type)}`).join(", ");
}

/** A name as SQL text in backticks, whatever is in it. */
export function quotedName(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

function typeDdl(type: DataType): string {
  switch (type.kind) {
    case "array":
      return `array<${typeDdl(type.element)}>`;
    case "map":
      return `map<${typeDdl(type.key)}, ${typeDdl(type.value)}>`;
    case "record":
      return `struct<${type.fields.map((field) => `${quotedName(field.name)}: ${typeDdl(field.type)}`).join(", ")}>`;
    default:
      return plainTypeText(type) ?? "void";
  }
}
