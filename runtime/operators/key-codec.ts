import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { descriptorText, type ValueType, valueType } from "../formats/value-type.ts";
import { orderOf } from "../functions/compare-values.ts";
import type { RowReader, RowWriter } from "../state/row-codec.ts";
import { storedValue } from "./lanes/stored-value.ts";

/** Whether −0.0 is the same key as 0.0, as in a grouping, or another, as in Spark's dropDuplicates (semantics D1). */
export type ZeroRule = "one zero" | "two zeros";

type WriteColumn = (value: unknown, out: RowWriter) => void;

/** Writes keys so that equal ones have the same bytes, and reads them back. Null equals null, NaN equals NaN, whatever else is equal by content. */
export class KeyCodec {
  /** The columns' types, for a state's descriptor. */
  readonly columns: readonly string[];
  readonly #writers: readonly WriteColumn[];
  readonly #readers: readonly ((row: RowReader) => unknown)[];

  constructor(types: readonly TypeDescriptor[], zeros: ZeroRule) {
    const read = types.map((type) => valueType(type));
    this.columns = read.map((type) => descriptorText(type));
    this.#writers = read.map((type) => columnWriter(type, zeros));
    this.#readers = read.map((type) => {
      const stored = storedValue(type);
      return (row) => (row.readNull() ? null : stored.read(row));
    });
  }

  write(values: readonly unknown[], out: RowWriter): void {
    for (let column = 0; column < this.#writers.length; column++) this.#writers[column]!(values[column], out);
  }

  read(row: RowReader): readonly unknown[] {
    return this.#readers.map((column) => column(row));
  }
}

function columnWriter(type: ValueType, zeros: ZeroRule): WriteColumn {
  const stored = storedValue(type);
  switch (type.kind) {
    case "long":
      return (value, out) => (typeof value === "number" ? out.writeLong(value) : value === null ? out.writeNull() : stored.write(value, out));
    case "int":
    case "date":
    case "timestamp":
    case "duration":
      return (value, out) => (typeof value === "number" ? out.writeNumber(value + 0) : value === null ? out.writeNull() : stored.write(withoutMinusZero(value), out));
    default:
      break;
  }
  const canonical = canonicalForm(type, zeros);
  if (canonical === undefined) return (value, out) => (value === null ? out.writeNull() : stored.write(value, out));
  return (value, out) => (value === null ? out.writeNull() : stored.write(canonical(value), out));
}

type Canonical = (value: unknown) => unknown;

/** What makes equal values (not null) equal in their stored form; undefined where they are. */
function canonicalForm(type: ValueType, zeros: ZeroRule): Canonical | undefined {
  switch (type.kind) {
    case "boolean":
    case "string":
    case "binary":
    case "long":
    case "decimal":
      return undefined;
    case "float":
    case "double":
      return zeros === "one zero" ? withoutMinusZero : undefined;
    case "array": {
      const element = canonicalForm(type.element, zeros);
      return element === undefined ? undefined : (value) => (Array.isArray(value) ? value.map((item: unknown) => orNull(element, item)) : value);
    }
    case "record": {
      const fields = type.fields.map((field) => ({ name: field.name, canonical: canonicalForm(field.type, zeros) ?? same }));
      return (value) => Object.fromEntries(fields.map(({ name, canonical }) => [name, orNull(canonical, Reflect.get(Object(value), name))]));
    }
    case "map": {
      const { compare } = orderOf(type.key);
      const key = canonicalForm(type.key, zeros) ?? same;
      const item = canonicalForm(type.value, zeros) ?? same;
      return (value) => (value instanceof Map ? new Map([...value].sort(([left], [right]) => compare(left, right)).map(([entryKey, entryItem]) => [key(entryKey), orNull(item, entryItem)])) : value);
    }
    default:
      return withoutMinusZero;
  }
}

function orNull(canonical: Canonical, value: unknown): unknown {
  return value === null || value === undefined ? null : canonical(value);
}

function withoutMinusZero(value: unknown): number {
  return Number(value) + 0;
}

function same(value: unknown): unknown {
  return value;
}
