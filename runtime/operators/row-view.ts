import type { JsonWriter } from "../formats/json-writer.ts";
import type { TimeZone } from "../time/time-zone.ts";

/** Names that no column has. */
export const toPlain = Symbol("plain");
export const toJson = Symbol("json");

/**
 * A row whose columns are read from bytes each time that they are asked for. It has them by accessors, so whoever hands rows out gives a `plainRow`; beside them it has no names of its own.
 */
export abstract class RowView {
  /** An object with the columns. */
  abstract [toPlain](): object;
  /** Writes the row as one JSON object. */
  abstract [toJson](out: JsonWriter, zone?: TimeZone): void;
}

/** A row as an object with its columns: itself, unless it is a view of bytes. */
export function plainRow<Row>(row: Row): Row {
  // A view has the columns that its class was made with.
  return row instanceof RowView ? (row[toPlain]() as Row) : row;
}

/** Writes a row that is kept as bytes as one JSON object, from these; false, and nothing is written, where it is an object like others. */
export function writePacked(row: object, out: JsonWriter, zone?: TimeZone): boolean {
  if (!(row instanceof RowView)) return false;
  row[toJson](out, zone);
  return true;
}
