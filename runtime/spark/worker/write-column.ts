import { Buffer } from "node:buffer";
import { Binary, Bool, type Data, type DataType, DateDay, Field, Float32, Float64, Int32, Int64, List, Map_ as MapOf, makeData, Null, Struct, TimestampMicrosecond, Utf8 } from "apache-arrow";
import type { CrossingType } from "./crossing-type.ts";

/** A column of Arrow's with values in the runtime's representation, some of them null. */
export function writeColumn(rows: readonly unknown[], type: CrossingType): Data {
  const { length } = rows;
  const nullBitmap = new Uint8Array((length + 7) >> 3);
  let nullCount = 0;
  rows.forEach((value, row) => {
    if (value === null || value === undefined) nullCount++;
    else nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) | (1 << (row & 7));
  });
  const own = { length, nullCount, ...(nullCount === 0 ? {} : { nullBitmap }) };
  switch (type.kind) {
    case "boolean": {
      const data = new Uint8Array((length + 7) >> 3);
      rows.forEach((value, row) => value === true && (data[row >> 3] = (data[row >> 3] ?? 0) | (1 << (row & 7))));
      return makeData({ type: new Bool(), ...own, data });
    }
    case "int":
      return makeData({ type: new Int32(), ...own, data: Int32Array.from(rows, numberIn) });
    case "date":
      return makeData({ type: new DateDay(), ...own, data: Int32Array.from(rows, numberIn) });
    case "float":
      return makeData({ type: new Float32(), ...own, data: Float32Array.from(rows, numberIn) });
    case "double":
      return makeData({ type: new Float64(), ...own, data: Float64Array.from(rows, numberIn) });
    case "long":
      return makeData({ type: new Int64(), ...own, data: BigInt64Array.from(rows, longIn) });
    case "timestamp":
      return makeData({ type: new TimestampMicrosecond("UTC"), ...own, data: BigInt64Array.from(rows, longIn) });
    case "string": {
      const { valueOffsets, data } = bytesOf(rows.map((value) => (typeof value === "string" ? Buffer.from(value, "utf8") : undefined)));
      return makeData({ type: new Utf8(), ...own, valueOffsets, data });
    }
    case "binary": {
      const { valueOffsets, data } = bytesOf(rows.map((value) => (value instanceof Uint8Array ? value : undefined)));
      return makeData({ type: new Binary(), ...own, valueOffsets, data });
    }
    case "array": {
      const lists = rows.map((value): readonly unknown[] => (Array.isArray(value) ? value : []));
      const child = writeColumn(lists.flat(), type.element);
      return makeData({ type: new List(new Field("element", child.type, true)), ...own, valueOffsets: offsetsOf(lists.map((list) => list.length)), child });
    }
    case "map": {
      const maps = rows.map((value): readonly (readonly [unknown, unknown])[] => (value instanceof Map ? [...(value as ReadonlyMap<unknown, unknown>)] : []));
      const entries = maps.flat();
      const pair = struct(entries.length, 0, {}, [["key", false, writeColumn(entries.map(([key]) => key), type.key)], ["value", true, writeColumn(entries.map(([, item]) => item), type.value)]]);
      return makeData({ type: new MapOf(new Field("entries", pair.type as Struct<{ key: DataType; value: DataType }>, false)), ...own, valueOffsets: offsetsOf(maps.map((map) => map.length)), child: pair });
    }
    case "record": {
      const fields = type.fields.map((field) => [field.name, true, writeColumn(rows.map((value) => fieldOf(value, field.name)), field.type)] as const);
      return struct(length, nullCount, nullCount === 0 ? {} : { nullBitmap }, fields);
    }
    default:
      return makeData({ type: new Null(), length });
  }
}

function struct(length: number, nullCount: number, bitmap: { readonly nullBitmap?: Uint8Array }, fields: readonly (readonly [name: string, nullable: boolean, data: Data])[]): Data<Struct<Record<string, DataType>>> {
  return makeData({ type: new Struct<Record<string, DataType>>(fields.map(([name, nullable, { type }]) => new Field(name, type, nullable))), length, nullCount, ...bitmap, children: fields.map(([, , data]) => data) });
}

function fieldOf(record: unknown, name: string): unknown {
  return typeof record === "object" && record !== null && Object.hasOwn(record, name) ? (record as Readonly<Record<string, unknown>>)[name] : null;
}

function numberIn(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function longIn(value: unknown): bigint {
  return typeof value === "bigint" ? value : BigInt(Math.round(numberIn(value)));
}

function offsetsOf(sizes: readonly number[]): Int32Array {
  const offsets = new Int32Array(sizes.length + 1);
  sizes.forEach((size, at) => (offsets[at + 1] = (offsets[at] ?? 0) + size));
  return offsets;
}

function bytesOf(parts: readonly (Uint8Array | undefined)[]): { readonly valueOffsets: Int32Array; readonly data: Uint8Array } {
  return { valueOffsets: offsetsOf(parts.map((part) => part?.length ?? 0)), data: Buffer.concat(parts.flatMap((part) => part ?? [])) };
}
