import type { Type } from "ts-morph";

/** The type of each row that a function gives, and how they come. `nullable`: it may give nothing at all. */
export interface RowsType {
  readonly type: Type;
  readonly rows: "iterable" | "one or none";
  readonly nullable: boolean;
}

/** Types whose values are walked, by their first type argument. */
const iterables: ReadonlySet<string> = new Set(["Array", "ReadonlyArray", "Set", "ReadonlySet", "Iterable", "IterableIterator", "Iterator", "IteratorObject", "ArrayIterator", "SetIterator", "MapIterator", "Generator"]);

/** How a result gives rows: an array or another iterable of them, or one row, or null or undefined for none. */
export function rowsOf(type: Type): RowsType {
  const parts = type.isUnion() ? type.getUnionTypes() : [type];
  const nullable = parts.some((part) => part.isNull() || part.isUndefined());
  const values = parts.filter((part) => !part.isNull() && !part.isUndefined());
  const [only] = values;
  if (only !== undefined && values.length === 1) {
    const element = iterables.has(only.getSymbol()?.getName() ?? "") ? only.getTypeArguments()[0] : undefined;
    if (element !== undefined) return { type: element, rows: "iterable", nullable };
  }
  return { type, rows: "one or none", nullable };
}
