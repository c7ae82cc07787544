import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { type ValueType, valueType } from "../formats/value-type.ts";
import { valueOrder } from "../functions/compare-values.ts";

/** One item of an order: compares two rows by one value. */
export interface SortKey<Row> {
  (a: Row, b: Row): number;
  /** Where values are numbers, one that is less for a row that comes before: NaN where the number alone does not say it (a null, NaN, a bigint). */
  readonly numberOf?: (row: Row) => number;
  /** `numberOf` of a row that has this value. */
  readonly numberOfValue?: (value: unknown) => number;
}

export type NullsPlace = "nulls first" | "nulls last";

/** Smallest first; nulls first unless said otherwise (Spark's default). */
export function ascending<Row>(value: (row: Row) => unknown, type: TypeDescriptor, nulls: NullsPlace = "nulls first"): SortKey<Row> {
  return sortKey(value, type, 1, nulls);
}

/** Greatest first; nulls last unless said otherwise (Spark's default). */
export function descending<Row>(value: (row: Row) => unknown, type: TypeDescriptor, nulls: NullsPlace = "nulls last"): SortKey<Row> {
  return sortKey(value, type, -1, nulls);
}

function sortKey<Row>(value: (row: Row) => unknown, type: TypeDescriptor, sign: 1 | -1, nulls: NullsPlace): SortKey<Row> {
  const { compare } = valueOrder(type);
  const nullSide = nulls === "nulls first" ? -1 : 1;
  const byValue = (a: Row, b: Row): number => {
    const left = value(a);
    const right = value(b);
    if (left === null || right === null) return left === right ? 0 : left === null ? nullSide : -nullSide;
    return sign * compare(left, right);
  };
  if (!hasNumbers(valueType(type))) return byValue;
  const numberOfValue = (found: unknown): number => (typeof found === "number" ? sign * found : NaN);
  return Object.assign(byValue, { numberOf: (row: Row): number => numberOfValue(value(row)), numberOfValue });
}

function hasNumbers({ kind }: ValueType): boolean {
  switch (kind) {
    case "boolean":
    case "string":
    case "binary":
    case "array":
    case "map":
    case "record":
      return false;
    default:
      return true;
  }
}

/**
 * An order of rows: by the keys, and where they are all equal by the whole content, so that the order (and what a limit keeps)
 * never depends on how the rows came, or on where a run was cut off.
 */
export function rowOrder<Row extends object>(content: Readonly<Record<string, TypeDescriptor>>, ...keys: readonly SortKey<Row>[]): SortKey<Row> {
  const columns = Object.entries(content).map(([name, type]) => ({ name, order: valueOrder(type) }));
  return (a, b) => {
    for (const key of keys) {
      const order = key(a, b);
      if (order !== 0) return order;
    }
    for (const { name, order } of columns) {
      const result = order.compare(Reflect.get(a, name), Reflect.get(b, name));
      if (result !== 0) return result;
    }
    return 0;
  };
}

/** The rows of a buffer, ordered and cut to a limit; the buffer is empty afterwards. */
export function takeRows<Row>(buffer: Row[], order?: SortKey<Row>, limit: number = Infinity): readonly Row[] {
  const rows = buffer.splice(0);
  if (order !== undefined) rows.sort(order);
  return rows.length > limit ? rows.slice(0, limit) : rows;
}
