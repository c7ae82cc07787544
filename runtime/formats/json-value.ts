import type { JsonWriter } from "./json-writer.ts";
import type { MapValueType, RecordValueType, ValueType } from "./value-type.ts";

/** Writes a value of any type in the forms of the language's output page; a map is an object with its keys as texts. */
export function writeJsonValue(value: unknown, type: ValueType, out: JsonWriter): void {
  if (value === null || value === undefined) {
    out.raw("null");
    return;
  }
  switch (type.kind) {
    case "boolean":
      return out.boolean(value === true);
    case "string":
      return out.text(String(value));
    case "binary":
      return out.binary(value instanceof Uint8Array ? value : null);
    case "decimal":
      return out.decimal(exactOf(value), type.scale);
    case "long":
      return out.long(exactOf(value));
    case "array":
      return writeItems(Array.isArray(value) ? value : [], type.element, out);
    case "record":
      return writeRecord(value, type, out);
    case "map":
      return writeMap(value, type, out);
    default:
      return out[type.kind](Number(value));
  }
}

function writeItems(items: readonly unknown[], element: ValueType, out: JsonWriter): void {
  out.raw("[");
  for (const [at, item] of items.entries()) {
    if (at > 0) out.raw(",");
    writeJsonValue(item, element, out);
  }
  out.raw("]");
}

function writeRecord(value: unknown, type: RecordValueType, out: JsonWriter): void {
  out.raw("{");
  for (const [at, field] of type.fields.entries()) {
    if (at > 0) out.raw(",");
    out.text(field.name);
    out.raw(":");
    writeJsonValue(Reflect.get(Object(value), field.name), field.type, out);
  }
  out.raw("}");
}

function writeMap(value: unknown, type: MapValueType, out: JsonWriter): void {
  out.raw("{");
  let isFirst = true;
  for (const [key, item] of value instanceof Map ? value : []) {
    if (!isFirst) out.raw(",");
    isFirst = false;
    writeKey(key, type.key, out);
    out.raw(":");
    writeJsonValue(item, type.value, out);
  }
  out.raw("}");
}

/** A key that JSON would write without quotes gets them. */
function writeKey(key: unknown, type: ValueType, out: JsonWriter): void {
  const isBare = type.kind === "boolean" || type.kind === "int" || type.kind === "long" || type.kind === "decimal" || (isFloating(type) && Number.isFinite(key));
  if (isBare) out.raw('"');
  writeJsonValue(key, type, out);
  if (isBare) out.raw('"');
}

function isFloating(type: ValueType): boolean {
  return type.kind === "float" || type.kind === "double";
}

function exactOf(value: unknown): number | bigint | null {
  return typeof value === "number" || typeof value === "bigint" ? value : null;
}
