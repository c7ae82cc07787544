import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { valueType } from "../formats/value-type.ts";
import type { RowReader, RowWriter } from "../state/row-codec.ts";
import { storedValue } from "./lanes/stored-value.ts";

/** How the rows that an operator keeps are written. */
export interface RowForm<Row> {
  write(row: Row, out: RowWriter): void;
  read(row: RowReader): Row;
}

/** The form of rows of these columns. */
export function rowForm<Row>(columns: Readonly<Record<string, TypeDescriptor>>): RowForm<Row> {
  const stored = storedValue(valueType({ record: Object.entries(columns) }));
  return {
    write: (row, out) => stored.write(row, out),
    // The descriptors say what the columns hold: what was written is read.
    read: (row) => stored.read(row) as Row,
  };
}
