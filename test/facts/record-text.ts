import type { DataType } from "../../compiler/ir/types/data-type.ts";
import { dateText, timestampText } from "../../runtime/functions/datetime-text.ts";
import { decimalText } from "../../runtime/functions/decimal-text.ts";
import { durationText } from "../../runtime/time/duration-text.ts";
import type { RuntimeValue } from "../../runtime/functions/runtime-value.ts";

/** A row of values as one line of JSON that a source reads. */
export function recordText(columns: readonly { readonly name: string; readonly type: DataType }[], values: readonly RuntimeValue[]): string {
  return `{${columns.map(({ name, type }, at) => `${JSON.stringify(name)}:${valueText(values[at] ?? null, type)}`).join(",")}}`;
}

function valueText(value: RuntimeValue, type: DataType): string {
  if (value === null) return "null";
  if (type.kind === "array" && Array.isArray(value)) return `[${value.map((item: RuntimeValue) => valueText(item, type.element)).join(",")}]`;
  if (type.kind === "map" && value instanceof Map) return `{${[...value].map(([key, item]) => `${JSON.stringify(String(key))}:${valueText(item, type.value)}`).join(",")}}`;
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("base64"));
  if (type.kind === "duration" && typeof value === "number") return JSON.stringify(durationText(value));
  if (type.kind === "record" && typeof value === "object") {
    return `{${type.fields.map(({ name, type: field }) => `${JSON.stringify(name)}:${valueText((Reflect.get(value, name) ?? null) as RuntimeValue, field)}`).join(",")}}`;
  }
  if (type.kind === "date" && typeof value === "number") return `"${dateText(value)}"`;
  if (type.kind === "timestamp" && typeof value === "number") return `"${timestampText(value)}Z"`;
  if (typeof value === "bigint" || typeof value === "number") {
    if (type.kind === "decimal") return decimalText(value, type.scale);
    return Object.is(value, -0) ? "-0.0" : typeof value === "number" && !Number.isFinite(value) ? `"${value}"` : String(value);
  }
  return JSON.stringify(value);
}
