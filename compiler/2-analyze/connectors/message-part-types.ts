import type { MessagePart } from "../../ir/logical/message-parts.ts";
import type { DataType } from "../../ir/types/data-type.ts";

/** What a part has to be, where it is not that. */
export function wanted(part: MessagePart, type: DataType): string | undefined {
  switch (part) {
    case "topic":
      return type.kind === "string" ? undefined : "a string";
    case "partition":
      return type.kind === "int" || type.kind === "null" ? undefined : "an int";
    case "headers":
      return areHeaders(type) ? undefined : "a record of texts, an array of `{ key, value }` or a map of texts";
    case "key":
    case "value":
      return undefined;
  }
}

function areHeaders(type: DataType): boolean {
  switch (type.kind) {
    case "null":
      return true;
    case "map":
      return type.key.kind === "string" && isPlain(type.value);
    case "record":
      return type.fields.every((field) => isPlain(field.type));
    case "array": {
      if (type.element.kind === "null") return true;
      if (type.element.kind !== "record" || type.elementNullable) return false;
      const [key, value, ...more] = [...type.element.fields].sort((a, b) => (a.name < b.name ? -1 : 1));
      return more.length === 0 && key?.name === "key" && key.type.kind === "string" && !key.nullable && value?.name === "value" && isPlain(value.type);
    }
    default:
      return false;
  }
}

/** Text or bytes, which stand in a message as they are. */
export function isPlain({ kind }: DataType): boolean {
  return kind === "string" || kind === "binary" || kind === "null";
}
