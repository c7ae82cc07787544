import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { type ValueType, valueType } from "../formats/value-type.ts";

/** Rows as the entries of a changing join's state name them: side, key, whether they meet others, and content. */
export class ChangingJoinForm<Row> {
  /** The types of an entry's values. */
  readonly types: readonly TypeDescriptor[];
  readonly #keyWidth: number;
  readonly #columns: readonly string[];
  /** Columns of doubles, whose −0.0 is kept as 0.0. */
  readonly #doubles: readonly string[];
  /** Whether values may be equal and yet not the same in a way that only a row read back tells: inside of records and arrays, or in the order of a map. */
  readonly #isNested: boolean;
  /** The values of the entry that was asked for last: an array for all. */
  readonly #values: unknown[];

  constructor(isRight: boolean, key: readonly TypeDescriptor[], columns: Readonly<Record<string, TypeDescriptor>>) {
    const types = Object.values(columns);
    this.types = ["boolean", ...key, "boolean", ...types];
    this.#keyWidth = key.length;
    this.#columns = Object.keys(columns);
    this.#doubles = this.#columns.filter((_, at) => isDouble(valueType(types[at]!)));
    this.#isNested = types.some((type) => isTwofold(valueType(type)));
    this.#values = [isRight];
  }

  /** Good until the next row is asked for. */
  valuesOf(key: readonly unknown[], meets: boolean, row: Row): readonly unknown[] {
    const values = this.#values;
    let at = 1;
    for (let column = 0; column < this.#keyWidth; column++) values[at++] = key[column];
    values[at++] = meets;
    for (const name of this.#columns) values[at++] = Reflect.get(Object(row), name) ?? null;
    return values;
  }

  keyOf(values: readonly unknown[]): readonly unknown[] {
    return values.slice(1, 1 + this.#keyWidth);
  }

  meets(values: readonly unknown[]): boolean {
    return values[1 + this.#keyWidth] === true;
  }

  /** The row of an entry. */
  rowOf(values: readonly unknown[]): Row {
    const first = 2 + this.#keyWidth;
    // The spec's descriptors say what the columns hold: what was written is read.
    return Object.fromEntries(this.#columns.map((name, at) => [name, values[first + at]])) as Row;
  }

  /** Whether a row is the very one that a restart reads back from its entry, and not only equal to it. */
  isAsStored(row: Row): boolean {
    if (this.#isNested) return false;
    for (const name of this.#doubles) if (Object.is(Reflect.get(Object(row), name), -0)) return false;
    return true;
  }
}

function isDouble(type: ValueType): boolean {
  return type.kind === "double" || type.kind === "float";
}

function isTwofold(type: ValueType): boolean {
  switch (type.kind) {
    case "map":
      return true;
    case "array":
      return isDouble(type.element) || isTwofold(type.element);
    case "record":
      return type.fields.some((field) => isDouble(field.type) || isTwofold(field.type));
    default:
      return false;
  }
}
