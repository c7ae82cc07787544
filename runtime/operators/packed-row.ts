import type { ValueOrder } from "../functions/compare-values.ts";
import type { JsonWriter } from "../formats/json-writer.ts";
import type { ValueType } from "../formats/value-type.ts";
import { endOfField, fieldValue, utf8Start } from "../state/packed-fields.ts";
import type { PackedMemory } from "../state/packed-memory.ts";
import type { TimeZone } from "../time/time-zone.ts";
import { RowView, toJson, toPlain } from "./row-view.ts";

/** A column of rows as it is written. */
export interface PlacedColumn {
  readonly name: string;
  readonly type: ValueType;
  /** Its place in the row. */
  readonly place: number;
  /** What stands before the value in JSON. */
  readonly before: string;
}

/** A column of packed rows: each is one field. */
export interface PackedColumn extends PlacedColumn {
  readonly order: ValueOrder;
}

/**
 * A row that is kept as bytes (a record in the form of the state's codec). The bytes never change, so it stays what it is.
 */
export class PackedRow extends RowView {
  readonly #columns: readonly PackedColumn[];
  readonly #memory: PackedMemory;
  readonly #start: number;

  constructor(columns: readonly PackedColumn[], memory: PackedMemory, start: number) {
    super();
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
    const leftMemory = left.#memory;
    const rightMemory = right.#memory;
    let leftAt = left.#start + 1;
    let rightAt = right.#start + 1;
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

  [toPlain](): object {
    const memory = this.#memory;
    let at = this.#start + 1;
    const plain: Record<string, unknown> = {};
    for (const { name } of this.#columns) {
      const value = fieldValue(memory, at);
      if (name === "__proto__") Object.defineProperty(plain, name, { value, writable: true, enumerable: true, configurable: true });
      else plain[name] = value;
      at = endOfField(memory.bytes, at);
    }
    return plain;
  }

  [toJson](out: JsonWriter, zone?: TimeZone): void {
    PackedRow.writeColumns(this, this.#columns, out, zone);
    out.raw(this.#columns.length === 0 ? "{}" : "}");
  }

  /** Writes columns of a row as members of a JSON object, fastest where they are in the order of their places. */
  static writeColumns(row: PackedRow, columns: readonly PlacedColumn[], out: JsonWriter, zone?: TimeZone): void {
    const memory = row.#memory;
    const { bytes, view } = memory;
    let at = row.#start + 1;
    let passed = 0;
    for (let column = 0; column < columns.length; column++) {
      const { before, type, place } = columns[column]!;
      if (place < passed) {
        at = row.#start + 1;
        passed = 0;
      }
      for (; passed < place; passed++) at = endOfField(bytes, at);
      out.raw(before);
      const end = endOfField(bytes, at);
      const text = utf8Start(bytes, at);
      if (text >= 0) out.utf8(view, text, end);
      else writeValue(fieldValue(memory, at), type, out, zone);
      at = end;
      passed++;
    }
  }
}

/** The order of two rows by their content where both are kept as bytes. */
export function comparePacked(left: unknown, right: unknown): number {
  if (!(left instanceof PackedRow && right instanceof PackedRow)) throw new TypeError("a row that is not kept as bytes");
  return PackedRow.compare(left, right);
}

function areEqual(left: Uint8Array, start: number, end: number, right: Uint8Array, rightStart: number): boolean {
  for (let at = start, other = rightStart; at < end; at++, other++) if (left[at] !== right[other]) return false;
  return true;
}

/** Writes a value of a type that is no array, map or record. */
export function writeValue(value: unknown, type: ValueType, out: JsonWriter, zone: TimeZone | undefined): void {
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
