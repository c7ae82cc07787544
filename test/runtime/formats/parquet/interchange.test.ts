import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decimalText } from "../../../../runtime/functions/decimal-text.ts";
import type { FieldDescriptor } from "../../../../runtime/formats/type-descriptor.ts";
import { valueType, type ValueType } from "../../../../runtime/formats/value-type.ts";
import { factFile, rowsOf } from "./support.ts";

interface Facts {
  readonly schema: readonly FieldDescriptor[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const folder = new URL("../../../facts/parquet/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".parquet")).map((name) => name.replace(".parquet", ""));

/** A value as the facts write it (make.py). */
function shown(value: unknown, type: ValueType): unknown {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case "long":
      return typeof value === "bigint" ? String(value) : value;
    case "decimal":
      return typeof value === "number" || typeof value === "bigint" ? decimalText(value, type.scale) : value;
    case "binary":
      return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value;
    case "float":
    case "double":
      return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
    case "array":
      return Array.isArray(value) ? value.map((item) => shown(item, type.element)) : value;
    case "map":
      // A map has no order; files of Spark have its own.
      return value instanceof Map ? [...value].map(([key, item]) => [shown(key, type.key), shown(item, type.value)]).sort(byText) : Array.isArray(value) ? value.map(([key, item]) => [key, shown(item, type.value)]).sort(byText) : value;
    case "record":
      return Object.fromEntries(type.fields.map((field) => [field.name, shown(Reflect.get(Object(value), field.name), field.type)]));
    default:
      return value;
  }
}

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

test.each(names)("what %s holds is read as it was written", async (name) => {
  const { schema, rows }: Facts = JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));
  const read = await rowsOf(factFile(`${name}.parquet`), schema);
  const types = schema.map(([column, type]) => [column, valueType(type)] as const);
  const all = (shownRows: readonly Readonly<Record<string, unknown>>[]): unknown => shownRows.map((row) => Object.fromEntries(types.map(([column, type]) => [column, shown(row[column], type)])));
  expect(all(read.slice(0, rows.length))).toEqual(all(rows));
});
