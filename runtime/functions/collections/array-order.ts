import type { ValueOrder } from "../compare-values.ts";

/** Spark's `sort_array`: nulls first, or last where it descends. */
export function sortItems<T>(array: readonly T[], order: ValueOrder, isAscending = true): readonly T[] {
  return [...array].sort(isAscending ? order.compare : (left, right) => order.compare(right, left));
}

/** Spark's `array_sort`: nulls last. */
export function sortItemsNullsLast<T>(array: readonly T[], order: ValueOrder): readonly T[] {
  return [...array].sort((left, right) => (left === null || right === null ? Number(left === null) - Number(right === null) : order.compare(left, right)));
}

/** Spark's `array_max`: the largest that is not null; null where there is none. */
export function largestItem<T>(array: readonly (T | null)[], order: ValueOrder): T | null {
  return array.reduce<T | null>((best, item) => (item !== null && (best === null || order.compare(item, best) > 0) ? item : best), null);
}

/** Spark's `array_min`: the smallest that is not null; null where there is none. */
export function smallestItem<T>(array: readonly (T | null)[], order: ValueOrder): T | null {
  return array.reduce<T | null>((best, item) => (item !== null && (best === null || order.compare(item, best) < 0) ? item : best), null);
}
