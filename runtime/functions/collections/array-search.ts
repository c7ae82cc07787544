import type { ValueOrder } from "../compare-values.ts";
import { itemSet } from "./item-set.ts";

// `order` is given where items are compared by content (records, arrays, binary); scalars are compared as `includes` does.

/** Spark's `array_contains`: null where the item is not found and the array holds a null. */
export function arrayContains<T>(array: readonly (T | null)[], item: T, order?: ValueOrder): boolean | null {
  if (holdsItem(array, item, order)) return true;
  return array.includes(null) ? null : false;
}

/** `array_contains` of an array that holds no null. */
export function holdsItem<T>(array: readonly (T | null)[], item: T, order?: ValueOrder): boolean {
  return order === undefined ? array.includes(item) : array.some((other) => order.equals(other, item));
}

/** Spark's `array_position`: the place of the first equal item, from 1; 0 where there is none. */
export function positionIn<T>(array: readonly (T | null)[], item: T, order?: ValueOrder): number {
  if (order !== undefined) return array.findIndex((other) => order.equals(other, item)) + 1;
  return (typeof item === "number" && Number.isNaN(item) ? array.findIndex((other) => Number.isNaN(other)) : array.indexOf(item)) + 1;
}

/** Spark's `arrays_overlap`: null where no item that is not null is in both, none is empty and one holds a null. */
export function arraysOverlap<T, U>(left: readonly T[], right: readonly U[], order?: ValueOrder): boolean | null {
  const items = itemSet(order);
  for (const item of left) if (item !== null) items.add(item);
  if (right.some((item) => item !== null && items.has(item))) return true;
  if (left.length === 0 || right.length === 0) return false;
  const hasNull = (array: readonly unknown[]): boolean => array.includes(null);
  return hasNull(left) || hasNull(right) ? null : false;
}
