import type { ValueOrder } from "../functions/compare-values.ts";
import type { JsonWriter } from "../formats/json-writer.ts";
import type { ValueType } from "../formats/value-type.ts";
import { endOfField, fieldValue, type PackedMemory, utf8Start } from "../state/packed-fields.ts";
import type { TimeZone } from "../time/time-zone.ts";

/** A column of packed rows: each is one field. */
export interface PackedColumn {
  readonly name: string;
  readonly type: ValueType;
  readonly order: ValueOrder;
  /** What stands before the value in JSON. */
  readonly before: string;
}

/**
 * A row that is kept as bytes (a record in the form of the state's codec): its columns are read from them each time that they are asked for. The bytes never change, so it
 * stays what it is; but it has its columns by accessors, so whoever hands rows out gives a `plainRow`. It has no names of its own beside those of the columns.
 */
export class PackedRow {
  readonly #columns: readonly PackedColumn[];
  readonly #memory: PackedMemory;
  readonly #start: number;

  constructor(columns: readonly PackedColumn[], memory: PackedMemory, start: number) {
    this.#columns = columns;
    this.#memory = memory;
    this.#start = start;
  }

  static value(row: PackedRow, column: number): unknown {
    const { bytes } = row.#memory;
    // Before the first field is that the record is none that is null.
    let at = row.#start + 1;
    for (let passed = 0; passed < column; passed++) at = endOfField(bytes, at);
    return fieldValue(row.#memory, at);
  }

  /** The order of two rows of the same columns by their content, column by column. */
  static compare(left: PackedRow, right: PackedRow): number {
    const [leftMemory, rightMemory] = [left.#memory, right.#memory];
    let [leftAt, rightAt] = [left.#start + 1, right.#start + 1];
    for (const { order } of left.#columns) {
      const leftEnd = endOfField(leftMemory.bytes, leftAt);
      const rightEnd = endOfField(rightMemory.bytes, rightAt);
      // What has the same bytes is the same.
      if (leftEnd - leftAt !== rightEnd - rightAt || !areEqual(leftMemory.bytes, leftAt, leftEnd, rightMemory.bytes, rightAt)) {
        const found = order.compare(fieldValue(leftMemory, leftAt), fieldValue(rightMemory, rightAt));
        if (found !== 0) return found;
      }
      leftAt = leftEnd;
      rightAt = rightEnd;
    }
    return 0;
  }

  static plain(row: PackedRow): object {
    const memory = row.#memory;
    let at = row.#start + 1;
    const plain: Record<string, unknown> = {};
    for (const { name } of row.#columns) {
      const value = fieldValue(memory, at);
      if (name === "__proto__") Object.defineProperty(plain, name, { value, writable: true, enumerable: true, configurable: true });
      else plain[name] = value;
      at = endOfField(memory.bytes, at);
    }
    return plain;
  }

  static writeJson(row: PackedRow, out: JsonWriter, zone?: TimeZone): void {
    const memory = row.#memory;
    const { bytes, view } = memory;
    const columns = row.#columns;
    let at = row.#start + 1;
    for (let column = 0; column < columns.length; column++) {
      const { before, type } = columns[column]!;
      out.raw(before);
      const end = endOfField(bytes, at);
      const text = utf8Start(bytes, at);
      if (text >= 0) out.utf8(view, text, end);
      else writeValue(fieldValue(memory, at), type, out, zone);
      at = end;
    }
    out.raw(columns.length === 0 ? "{}" : "}");
  }
}

/** A row as an object with its columns: itself, unless it is packed. */
export function plainRow<Row>(row: Row): Row {
  // A packed row has the columns that its class was made with.
  return row instanceof PackedRow ? (PackedRow.plain(row) as Row) : row;
}

/** The order of two rows by their content where both are kept as bytes. */
export function comparePacked(left: unknown, right: unknown): number {
  if (!(left instanceof PackedRow && right instanceof PackedRow)) throw new TypeError("a row that is not kept as bytes");
  return PackedRow.compare(left, right);
}

/** Writes a row that is kept as bytes as one JSON object, from these; false, and nothing is written, where it is an object like others. */
export function writePacked(row: object, out: JsonWriter, zone?: TimeZone): boolean {
  if (!(row instanceof PackedRow)) return false;
  PackedRow.writeJson(row, out, zone);
  return true;
}

function areEqual(left: Uint8Array, start: number, end: number, right: Uint8Array, rightStart: number): boolean {
  for (let at = start, other = rightStart; at < end; at++, other++) if (left[at] !== right[other]) return false;
  return true;
}

function writeValue(value: unknown, type: ValueType, out: JsonWriter, zone: TimeZone | undefined): void {
  if (typeof value === "number") writeNumber(value, type, out, zone);
  else if (typeof value === "string") out.text(value);
  else if (typeof value === "bigint") out.decimal(value, type.kind === "decimal" ? type.scale : 0);
  else if (typeof value === "boolean") out.boolean(value);
  else if (value instanceof Uint8Array) out.binary(value);
  else out.raw("null");
}

function writeNumber(value: number, type: ValueType, out: JsonWriter, zone: TimeZone | undefined): void {
  switch (type.kind) {
    case "decimal":
      return out.decimal(value, type.scale);
    case "timestamp":
      return out.timestamp(value, zone);
    case "date":
      return out.date(value);
    case "duration":
      return out.duration(value);
    case "double":
      return out.double(value);
    case "float":
      return out.float(value);
    default:
      return out.long(value);
  }
}
