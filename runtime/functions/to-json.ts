import { quoteJson } from "../formats/json/json-text.ts";
import type { RecordValueType, ValueType } from "../formats/value-type.ts";
import { durationText } from "../time/duration-text.ts";
import { timestampFormat } from "./datetime/timestamp-format.ts";
import { dateText } from "./datetime-text.ts";
import { decimalText } from "./decimal-text.ts";
import { doubleText, floatText } from "./double-text.ts";
import type { JsonType } from "./json-type.ts";

const timestamps = timestampFormat("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

/**
 * Spark's `to_json`: fields that are null are left out (not so elements), timestamps have milliseconds and an offset, doubles are as
 * Java prints them, NaN and the infinities are strings (org.apache.spark.sql.catalyst.json.JacksonGenerator).
 */
export function toJson<T>(value: T, json: JsonType<T>): string {
  return jsonOf(value, json.type);
}

function jsonOf(value: unknown, type: ValueType): string {
  if (value === null || value === undefined) return "null";
  switch (type.kind) {
    case "record":
      return recordJson(value, type);
    case "array":
      return Array.isArray(value) ? `[${value.map((item: unknown) => jsonOf(item, type.element)).join(",")}]` : "null";
    case "decimal":
      return typeof value === "number" || typeof value === "bigint" ? decimalText(value, type.scale) : "null";
    case "binary":
      return value instanceof Uint8Array ? `"${btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(""))}"` : "null";
    case "string":
      return quoteJson(String(value));
    default:
      return typeof value === "number" ? numberJson(value, type.kind) : String(value);
  }
}

function recordJson(value: unknown, type: RecordValueType): string {
  const members: string[] = [];
  for (const field of type.fields) {
    const member: unknown = Reflect.get(Object(value), field.name);
    if (member !== null && member !== undefined) members.push(`${quoteJson(field.name)}:${jsonOf(member, field.type)}`);
  }
  return `{${members.join(",")}}`;
}

function numberJson(value: number, kind: ValueType["kind"]): string {
  switch (kind) {
    case "double":
    case "float": {
      const text = kind === "double" ? doubleText(value) : floatText(value);
      return Number.isFinite(value) ? text : `"${text}"`;
    }
    case "date":
      return `"${dateText(value)}"`;
    case "timestamp":
      return `"${timestamps.format(value)}"`;
    case "duration":
      return `"${durationText(value)}"`;
    default:
      return String(value);
  }
}
