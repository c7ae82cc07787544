import type { TypeDescriptor } from "../../formats/type-descriptor.ts";
import { valueType } from "../../formats/value-type.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { storedValue } from "../lanes/stored-value.ts";

/** Writes and reads one key column; null is a value of a key. */
export interface StoredKey {
  write(value: unknown, out: RowWriter): void;
  read(row: RowReader): unknown;
}

export function storedKey(descriptor: TypeDescriptor): StoredKey {
  const stored = storedValue(valueType(descriptor));
  return {
    write: (value, out) => (value === null ? out.writeNull() : stored.write(value, out)),
    read: (row) => (row.readNull() ? null : stored.read(row)),
  };
}

/** A descriptor as the checkpoint's schema shows it. */
export function descriptorName(descriptor: TypeDescriptor): string {
  return typeof descriptor === "string" ? descriptor : JSON.stringify(descriptor);
}
