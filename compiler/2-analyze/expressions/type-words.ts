import type { DataType } from "../../ir/types/data-type.ts";
import { typeText } from "../../ir/types/data-type.ts";

/** A type in a sentence: `a string`, `an int`, `null`. */
export function typeWords(type: DataType): string {
  switch (type.kind) {
    case "null":
      return "null";
    case "int":
      return "an int";
    case "array":
      return `an array (${typeText(type)})`;
    case "record":
      return type.fields.length > 4 ? "a record" : `a record (${typeText(type)})`;
    default:
      return `a ${typeText(type)}`;
  }
}
