import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { type ValueType, valueType } from "../formats/value-type.ts";
import type { TimeZone } from "../time/time-zone.ts";
import { utc } from "../time/zone.ts";
import { tryTextFromBytes } from "./bytes-text.ts";
import { dateText, timestampText } from "./datetime-text.ts";
import { decimalText } from "./decimal-text.ts";
import { doubleText, floatText } from "./double-text.ts";
import { intervalText } from "./interval-text.ts";

/**
 * How a record, array or map is cast to a string: `[1, null]`, `{a, 2.0}`, `{a -> 1}` (Spark's ToPrettyString rules of Cast: field names are
 * left out, null is the word). Timestamps are in `zone`.
 */
export function valueText(descriptor: TypeDescriptor, zone: TimeZone = utc): (value: unknown) => string {
  const type = valueType(descriptor);
  return (value) => textOf(value, type, zone);
}

function textOf(value: unknown, type: ValueType, zone: TimeZone): string {
  if (value === null || value === undefined) return "null";
  switch (type.kind) {
    case "array":
      return Array.isArray(value) ? `[${value.map((item: unknown) => textOf(item, type.element, zone)).join(", ")}]` : String(value);
    case "record":
      return `{${type.fields.map((field) => textOf(Reflect.get(Object(value), field.name), field.type, zone)).join(", ")}}`;
    case "map":
      return value instanceof Map ? `{${[...value].map(([key, item]) => `${textOf(key, type.key, zone)} -> ${textOf(item, type.value, zone)}`).join(", ")}}` : String(value);
    case "binary":
      return value instanceof Uint8Array ? (tryTextFromBytes(value) ?? "") : String(value);
    case "decimal":
      return typeof value === "number" || typeof value === "bigint" ? decimalText(value, type.scale) : String(value);
    default:
      return typeof value === "number" ? numberText(value, type.kind, zone) : String(value);
  }
}

function numberText(value: number, kind: string, zone: TimeZone): string {
  switch (kind) {
    case "double":
      return doubleText(value);
    case "float":
      return floatText(value);
    case "date":
      return dateText(value);
    case "timestamp":
      return timestampText(value, zone);
    case "duration":
      return intervalText(value);
    default:
      return String(value);
  }
}
