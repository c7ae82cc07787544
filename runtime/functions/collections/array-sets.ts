import type { ValueOrder } from "../compare-values.ts";
import { itemSet } from "./item-set.ts";

// Arrays as sets: every item once, in the order in which they first came, null like any other item. `order` as in array-search.ts.

/** Spark's `array_distinct`. */
export function distinctItems<T>(array: readonly T[], order?: ValueOrder): readonly T[] {
  return order === undefined ? [...new Set(array)] : ofFirst(array, order);
}

/** Spark's `array_union`. */
export function unionOfArrays<T, U>(left: readonly T[], right: readonly U[], order?: ValueOrder): readonly (T | U)[] {
  return distinctItems<T | U>([...left, ...right], order);
}

/** Spark's `array_intersect`. */
export function intersectionOfArrays<T, U>(left: readonly T[], right: readonly U[], order?: ValueOrder): readonly T[] {
  const others = itemSet(order);
  for (const item of right) others.add(item);
  return distinctItems(left.filter((item) => others.has(item)), order);
}

/** Spark's `array_except`: the items of the first that are not in the second. */
export function differenceOfArrays<T, U>(left: readonly T[], right: readonly U[], order?: ValueOrder): readonly T[] {
  const others = itemSet(order);
  for (const item of right) others.add(item);
  return distinctItems(left.filter((item) => !others.has(item)), order);
}

function ofFirst<T>(array: readonly T[], order: ValueOrder): readonly T[] {
  const seen = itemSet(order);
  return array.filter((item) => seen.add(item));
}
