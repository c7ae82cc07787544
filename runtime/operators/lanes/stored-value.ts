import type { ValueType } from "../../formats/value-type.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";

/** How values of a type that are not null are written to a row and read back. */
export interface StoredValue {
  write(value: unknown, out: RowWriter): void;
  read(row: RowReader): unknown;
}

/** Records as their fields in order, arrays and maps as a length and the items or entries; a null inside is a null of the row. */
export function storedValue(type: ValueType): StoredValue {
  switch (type.kind) {
    case "boolean":
      return { write: (value, out) => out.writeBoolean(value === true), read: (row) => row.readBoolean() };
    case "string":
      return { write: (value, out) => out.writeText(String(value)), read: (row) => row.readText() };
    case "long":
    case "decimal":
      return { write: (value, out) => out.writeLong(typeof value === "bigint" ? value : Number(value)), read: (row) => row.readLong() };
    case "binary":
      return { write: (value, out) => out.writeBytes(value instanceof Uint8Array ? value : new Uint8Array()), read: (row) => row.readBytes() };
    case "array":
      return storedArray(withNulls(storedValue(type.element)));
    case "map":
      return storedMap(storedValue(type.key), withNulls(storedValue(type.value)));
    case "record":
      return storedRecord(type.fields.map((field) => ({ name: field.name, stored: withNulls(storedValue(field.type)) })));
    default:
      return { write: (value, out) => out.writeNumber(Number(value)), read: (row) => row.readNumber() };
  }
}

function withNulls(stored: StoredValue): StoredValue {
  return {
    write: (value, out) => (value === null || value === undefined ? out.writeNull() : stored.write(value, out)),
    read: (row) => (row.readNull() ? null : stored.read(row)),
  };
}

function storedArray(element: StoredValue): StoredValue {
  return {
    write(value, out) {
      const items: readonly unknown[] = Array.isArray(value) ? value : [];
      out.writeNumber(items.length);
      for (const item of items) element.write(item, out);
    },
    read: (row) => Array.from({ length: row.readNumber() }, () => element.read(row)),
  };
}

function storedMap(key: StoredValue, item: StoredValue): StoredValue {
  return {
    write(value, out) {
      const entries: readonly (readonly [unknown, unknown])[] = value instanceof Map ? [...value] : [];
      out.writeNumber(entries.length);
      for (const [entryKey, entryItem] of entries) {
        key.write(entryKey, out);
        item.write(entryItem, out);
      }
    },
    read: (row) => new Map(Array.from({ length: row.readNumber() }, () => [key.read(row), item.read(row)] as const)),
  };
}

function storedRecord(fields: readonly { readonly name: string; readonly stored: StoredValue }[]): StoredValue {
  return {
    write(value, out) {
      // A first field that is null must not be read as a null record.
      out.writeBoolean(true);
      for (const { name, stored } of fields) stored.write(Reflect.get(Object(value), name), out);
    },
    // Own properties whatever their names: an entry list defines `__proto__` as data too.
    read(row) {
      row.readBoolean();
      return Object.fromEntries(fields.map(({ name, stored }) => [name, stored.read(row)]));
    },
  };
}
