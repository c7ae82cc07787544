import type { TypeDescriptor } from "../../formats/type-descriptor.ts";
import { valueType, type ValueType } from "../../formats/value-type.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import type { KeyColumn } from "./key-column.ts";
import { NumberKeys } from "./number-keys.ts";
import { PairIndex } from "./pair-index.ts";
import { renumbering } from "./renumbering.ts";
import { TextKeys } from "./text-keys.ts";
import { ValueKeys } from "./value-keys.ts";

/**
 * The distinct keys of a table, of any number of columns, numbered from 0. Each column numbers its values; keys of several columns
 * are pairs of the key of the columns before and the next column's number.
 */
export class KeyTuple {
  readonly columns: readonly KeyColumn[];
  /** At n: pairs of a key of the first n + 1 columns and a number of column n + 1. */
  readonly #pairs: readonly PairIndex[];

  /** `seed` starts every hash; any number. */
  constructor(types: readonly TypeDescriptor[], seed: number) {
    this.columns = types.map((type) => keyColumn(valueType(type), seed));
    this.#pairs = types.slice(1).map(() => new PairIndex());
  }

  /** How many keys there are; without columns there is the one empty key. */
  get size(): number {
    return (this.#pairs.at(-1) ?? this.columns[0])?.size ?? 1;
  }

  /** The number of a key, given now if it is new. `from`: where in `values` the key starts. */
  idOf(values: readonly unknown[], from: number = 0): number {
    const [first] = this.columns;
    if (first === undefined) return 0;
    let id = first.idOf(values[from]);
    for (let at = 1; at < this.columns.length; at++) id = this.#pairs[at - 1]!.idOf(id, this.columns[at]!.idOf(values[from + at]));
    return id;
  }

  /** `idOf` where there is one column. */
  idOfOne(value: unknown): number {
    return this.columns[0]!.idOf(value);
  }

  /** `idOf` where there are two columns. */
  idOfTwo(first: unknown, second: unknown): number {
    return this.#pairs[0]!.idOf(this.columns[0]!.idOf(first), this.columns[1]!.idOf(second));
  }

  /** The number of a key, or −1. */
  find(values: readonly unknown[]): number {
    const [first] = this.columns;
    if (first === undefined) return 0;
    let id = first.find(values[0]);
    for (let at = 1; at < this.columns.length && id >= 0; at++) {
      const next = this.columns[at]!.find(values[at]);
      id = next < 0 ? -1 : this.#pairs[at - 1]!.find(id, next);
    }
    return id;
  }

  /** The value of a column of a key. */
  get(id: number, column: number): unknown {
    return this.columns[column]!.get(this.#columnId(id, column));
  }

  clear(): void {
    for (const column of this.columns) column.clear();
    for (const pairs of this.#pairs) pairs.clear();
  }

  /** Keeps only the keys of these numbers, which ascend; the first of them becomes number 0, and so on. */
  keep(ids: Int32Array): void {
    if (ids.length === this.size) return;
    let kept = ids;
    for (let at = this.#pairs.length - 1; at >= 0; at--) {
      const pairs = this.#pairs[at]!;
      const before = renumbering(kept.map((id) => pairs.first(id)), at === 0 ? this.columns[0]!.size : this.#pairs[at - 1]!.size);
      const last = renumbering(kept.map((id) => pairs.second(id)), this.columns[at + 1]!.size);
      pairs.keep(kept, before.numbers, last.numbers);
      this.columns[at + 1]!.keep(last.kept);
      kept = before.kept;
    }
    this.columns[0]?.keep(kept);
  }

  write(id: number, out: RowWriter): void {
    this.columns.forEach((column, at) => column.write(this.#columnId(id, at), out));
  }

  /** Reads a key as `write` wrote it and gives its number. */
  read(row: RowReader): number {
    const [first] = this.columns;
    if (first === undefined) return 0;
    let id = first.read(row);
    for (let at = 1; at < this.columns.length; at++) id = this.#pairs[at - 1]!.idOf(id, this.columns[at]!.read(row));
    return id;
  }

  #columnId(id: number, column: number): number {
    for (let at = this.#pairs.length - 1; at >= column; at--) id = this.#pairs[at]!.first(id);
    return column === 0 ? id : this.#pairs[column - 1]!.second(id);
  }
}

function keyColumn(type: ValueType, seed: number): KeyColumn {
  switch (type.kind) {
    case "string":
      return new TextKeys(seed);
    case "long":
    case "decimal":
      return new NumberKeys("long", seed);
    case "boolean":
      return new NumberKeys("boolean", seed);
    case "record":
    case "array":
    case "map":
    case "binary":
      return new ValueKeys(type);
    default:
      return new NumberKeys("number", seed);
  }
}
