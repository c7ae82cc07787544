import { descriptorText, type ValueType } from "../value-type.ts";
import type { ColumnShape, LeafUse, ListShape } from "./column-shape.ts";
import type { LeafCursor } from "./leaf-cursor.ts";
import { Misfit } from "./misfit.ts";

/** Where the values of a column come from, and who is told of rows that do not fit. */
export interface Assembling {
  cursor(use: LeafUse): LeafCursor;
  /** The row at hand does not fit; what was said first counts. */
  malformed(row: number, error: string): void;
}

/** The next `rows` values of a column, in the runtime's representation; null where there is none. A value that does not fit is a `Misfit`, in a row that is malformed. */
export function assembleColumn(name: string, shape: ColumnShape, rows: number, assembling: Assembling): readonly unknown[] {
  const values = new Array<unknown>(rows).fill(null);
  if (shape.kind === "absent") return values;
  const assembler = new Assembler(assembling);
  for (let row = 0; row < rows; row++) {
    values[row] = assembler.value(shape, name);
    if (assembler.problem === undefined) continue;
    assembling.malformed(row, assembler.problem);
    assembler.problem = undefined;
  }
  return values;
}

class Assembler {
  /** Of the row at hand. */
  problem: string | undefined;
  readonly #assembling: Assembling;

  constructor(assembling: Assembling) {
    this.#assembling = assembling;
  }

  value(shape: ColumnShape, path: string): unknown {
    switch (shape.kind) {
      case "absent":
        return null;
      case "leaf": {
        const value = this.#cursor(shape.leaf).take();
        if (value === undefined) return this.#null(shape.type, path);
        if (value instanceof Misfit) this.#report(path, value.message);
        return value;
      }
      case "record":
        return this.#record(shape, path);
      case "list":
        return this.#list(shape, path);
      case "map":
        return this.#map(shape, path);
    }
  }

  #record(shape: ColumnShape & { readonly kind: "record" }, path: string): unknown {
    if (this.#cursor(shape.first).definition() < shape.level) {
      this.#pass(shape);
      return this.#null(shape.type, path);
    }
    const record: Record<string, unknown> = { ...shape.empty };
    for (const field of shape.fields) record[field.name] = this.value(field.shape, `${path}.${field.name}`);
    if (shape.probe !== undefined) this.#cursor(shape.probe).skip(shape.repetition);
    return record;
  }

  #list(shape: ListShape, path: string): unknown {
    const first = this.#cursor(shape.first);
    const definition = first.definition();
    if (definition < shape.itemLevel) {
      this.#pass(shape);
      return definition < shape.level ? this.#null(shape.type, path) : [];
    }
    const items: unknown[] = [];
    do items.push(this.value(shape.element, `${path}[]`));
    while (first.repetition() === shape.repetition);
    return items;
  }

  #map(shape: ColumnShape & { readonly kind: "map" }, path: string): unknown {
    const first = this.#cursor(shape.first);
    const definition = first.definition();
    if (definition < shape.itemLevel) {
      this.#pass(shape);
      return definition < shape.level ? this.#null(shape.type, path) : new Map();
    }
    const map = new Map<unknown, unknown>();
    do {
      const key = this.value(shape.key, `${path}.key`);
      map.set(key, this.value(shape.value, `${path}.value`));
    } while (first.repetition() === shape.repetition);
    return map;
  }

  /** Every leaf below has one entry where what is above it is null or empty. */
  #pass(shape: ColumnShape): void {
    switch (shape.kind) {
      case "absent":
        return;
      case "leaf":
        this.#cursor(shape.leaf).take();
        return;
      case "record":
        for (const field of shape.fields) this.#pass(field.shape);
        if (shape.probe !== undefined) this.#cursor(shape.probe).take();
        return;
      case "list":
        return this.#pass(shape.element);
      case "map":
        this.#pass(shape.key);
        this.#pass(shape.value);
    }
  }

  #null(type: ValueType, path: string): null {
    return type.nullable ? null : this.#report(path, `is null, which is no ${descriptorText(type)}`);
  }

  #report(path: string, message: string): null {
    this.problem ??= `the field \`${path}\` ${message}`;
    return null;
  }

  #cursor(use: LeafUse): LeafCursor {
    return this.#assembling.cursor(use);
  }
}
