import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { descriptorText, type ValueType, valueType } from "../formats/value-type.ts";
import type { RowReader, RowWriter } from "../state/row-codec.ts";
import { canonicalForm, withoutMinusZero, type ZeroRule } from "./canonical-form.ts";
import { storedValue } from "./lanes/stored-value.ts";

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
