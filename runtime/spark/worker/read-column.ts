import { Buffer } from "node:buffer";
import type { Data } from "apache-arrow";
import { canonicalInteger } from "../../functions/exact-integer.ts";
import type { CrossingType } from "./crossing-type.ts";

/** Gives the value of a row in the runtime's representation. */
export type ReadValue = (row: number) => unknown;

/** Reads a column of Arrow's as what Sluice has for its type: a number or bigint for a long, microseconds for a timestamp, days for a date. Values are copies. */
export function readColumn(data: Data, type: CrossingType): ReadValue {
  const read = readPresent(data, type);
  const { nullBitmap, nullCount } = data;
  if (nullCount === 0 || nullBitmap === undefined || nullBitmap === null || nullBitmap.length === 0) return read;
  return (row) => (isSet(nullBitmap, data.offset + row) ? read(row) : null);
}

function readPresent(data: Data, type: CrossingType): ReadValue {
  const { values, valueOffsets } = data;
  switch (type.kind) {
    case "boolean":
      return (row) => isSet(values, data.offset + row);
    case "long":
      return (row) => canonicalInteger(values[row]);
    case "timestamp":
      return (row) => Number(values[row]);
    case "string": {
      const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
      return (row) => bytes.toString("utf8", Number(valueOffsets[row]), Number(valueOffsets[row + 1]));
    }
    case "binary":
      return (row) => new Uint8Array(values.subarray(Number(valueOffsets[row]), Number(valueOffsets[row + 1])));
    case "array": {
      const item = readColumn(childOf(data, 0), type.element);
      return (row) => range(valueOffsets, row, item);
    }
    case "map": {
      const entries = childOf(data, 0);
      const key = readColumn(childOf(entries, 0), type.key);
      const value = readColumn(childOf(entries, 1), type.value);
      return (row) => new Map(range(valueOffsets, row, (at) => [key(at), value(at)] as const));
    }
    case "record": {
      const fields = type.fields.map(({ name, type: of }, at) => [name, readColumn(childOf(data, at), of)] as const);
      return (row) => Object.fromEntries(fields.map(([name, read]) => [name, read(row)]));
    }
    case "decimal":
    case "duration":
    case "null":
    case "error":
      return () => null;
    default:
      return (row) => values[row];
  }
}

function range<T>(offsets: ArrayLike<number | bigint>, row: number, read: (at: number) => T): T[] {
  const items: T[] = [];
  const end = Number(offsets[row + 1]);
  for (let at = Number(offsets[row]); at < end; at++) items.push(read(at));
  return items;
}

function childOf(data: Data, at: number): Data {
  const child = data.children[at];
  if (child === undefined) throw new TypeError(`a column of Arrow's without its part ${at}`);
  return child;
}

function isSet(bits: Uint8Array, at: number): boolean {
  return (((bits[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;
}
