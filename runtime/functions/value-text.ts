import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { type ValueType, valueType } from "../formats/value-type.ts";
import { tryTextFromBytes } from "./bytes-text.ts";
import { dateText, timestampText } from "./datetime-text.ts";
import { decimalText } from "./decimal-text.ts";
import { doubleText, floatText } from "./double-text.ts";

/**
 * How a record or array is cast to a string: `[1, null]`, `{a, 2.0}` (Spark's ToPrettyString rules of Cast: field names are
 * left out, null is the word).
 */
export function valueText(descriptor: TypeDescriptor): (value: unknown) => string {
  const type = valueType(descriptor);
  return (value) => textOf(value, type);
}

function textOf(value: unknown, type: ValueType): string {
  if (value === null || value === undefined) return "null";
  switch (type.kind) {
    case "array":
      return Array.isArray(value) ? `[${value.map((item: unknown) => textOf(item, type.element)).join(", ")}]` : String(value);
    case "record":
      return `{${type.fields.map((field) => textOf(Reflect.get(Object(value), field.name), field.type)).join(", ")}}`;
    case "binary":
      return value instanceof Uint8Array ? (tryTextFromBytes(value) ?? "") : String(value);
    case "decimal":
      return typeof value === "number" || typeof value === "bigint" ? decimalText(value, type.scale) : String(value);
    default:
      return typeof value === "number" ? numberText(value, type.kind) : String(value);
  }
}

function numberText(value: number, kind: string): string {
  switch (kind) {
    case "double":
      return doubleText(value);
    case "float":
      return floatText(value);
    case "date":
      return dateText(value);
    case "timestamp":
      return timestampText(value);
    default:
      return String(value);
  }
}
