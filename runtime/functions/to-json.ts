import { quoteJson } from "../formats/json/json-text.ts";
import type { RecordValueType, ValueType } from "../formats/value-type.ts";
import { durationText } from "../time/duration-text.ts";
import { dateText } from "./datetime-text.ts";
import { decimalText } from "./decimal-text.ts";
import { doubleText, floatText } from "./double-text.ts";
import type { JsonType } from "./json-type.ts";

/** What writing asks of a type beside the type. */
type Writing = Pick<JsonType<unknown>, "options" | "timestamps" | "dates">;

const microsPerDay = 86_400_000_000;

/**
 * Spark's `to_json`: fields that are null are left out (not so elements), timestamps have milliseconds and an offset, doubles are as
 * Java prints them, NaN and the infinities are strings (org.apache.spark.sql.catalyst.json.JacksonGenerator).
 */
export function toJson<T>(value: T, json: JsonType<T>): string {
  return jsonOf(value, json.type, json);
}

function jsonOf(value: unknown, type: ValueType, json: Writing): string {
  if (value === null || value === undefined) return "null";
  switch (type.kind) {
    case "record":
      return recordJson(value, type, json);
    case "map":
      return value instanceof Map ? `{${[...value].map(([key, item]) => `${quoteJson(keyText(key, type.key))}:${jsonOf(item, type.value, json)}`).join(",")}}` : "null";
    case "array":
      return Array.isArray(value) ? `[${value.map((item: unknown) => jsonOf(item, type.element, json)).join(",")}]` : "null";
    case "decimal":
      return typeof value === "number" || typeof value === "bigint" ? decimalText(value, type.scale) : "null";
    case "binary":
      return value instanceof Uint8Array ? `"${btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(""))}"` : "null";
    case "string":
      return quoteJson(String(value));
    default:
      return typeof value === "number" ? numberJson(value, type.kind, json) : String(value);
  }
}

/** Keys are written as their own texts, dates and timestamps by the numbers that hold them (JacksonGenerator.mapType). */
function keyText(key: unknown, type: ValueType): string {
  if (type.kind === "decimal" && (typeof key === "number" || typeof key === "bigint")) return decimalText(key, type.scale);
  if (typeof key === "number" && type.kind === "double") return doubleText(key);
  return typeof key === "number" && type.kind === "float" ? floatText(key) : String(key);
}

function recordJson(value: unknown, type: RecordValueType, json: Writing): string {
  const members: string[] = [];
  for (const field of type.fields) {
    const member: unknown = Reflect.get(Object(value), field.name);
    if ((member !== null && member !== undefined) || json.options.ignoreNullFields === false) members.push(`${quoteJson(field.name)}:${jsonOf(member, field.type, json)}`);
  }
  return `{${members.join(",")}}`;
}

function numberJson(value: number, kind: ValueType["kind"], json: Writing): string {
  switch (kind) {
    case "double":
    case "float": {
      const text = kind === "double" ? doubleText(value) : floatText(value);
      return Number.isFinite(value) ? text : `"${text}"`;
    }
    case "date":
      return json.dates === undefined ? `"${dateText(value)}"` : quoteJson(json.dates.format(value * microsPerDay));
    case "timestamp":
      return json.options.timestampFormat === undefined ? `"${json.timestamps.format(value)}"` : quoteJson(json.timestamps.format(value));
    case "duration":
      return `"${durationText(value)}"`;
    default:
      return String(value);
  }
}
