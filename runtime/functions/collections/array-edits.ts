import { RowError } from "../../errors/row-error.ts";
import type { ValueOrder } from "../compare-values.ts";
import { checkLength } from "./array-length.ts";

/** Spark's `array_append`: the item may be null, and is appended then; a null array stays null. */
export function appendItem<T, U>(array: readonly T[], item: U): readonly (T | U)[];
export function appendItem<T, U>(array: readonly T[] | null, item: U): readonly (T | U)[] | null;
export function appendItem<T, U>(array: readonly T[] | null, item: U): readonly (T | U)[] | null {
  return array === null ? null : [...array, item];
}

/** Spark's `array_prepend`; see `appendItem`. */
export function prependItem<T, U>(array: readonly T[], item: U): readonly (T | U)[];
export function prependItem<T, U>(array: readonly T[] | null, item: U): readonly (T | U)[] | null;
export function prependItem<T, U>(array: readonly T[] | null, item: U): readonly (T | U)[] | null {
  return array === null ? null : [item, ...array];
}

/**
 * Spark's `array_insert`: before the item at `position`, from 1, or behind the one at a negative position, from the end; between the
 * ends and a position beyond them there are nulls. Null where the array or the position is.
 */
export function insertItem<T, U>(array: readonly T[], position: number, item: U): readonly (T | U | null)[];
export function insertItem<T, U>(array: readonly T[] | null, position: number | null, item: U): readonly (T | U | null)[] | null;
export function insertItem<T, U>(array: readonly T[] | null, position: number | null, item: U): readonly (T | U | null)[] | null {
  if (array === null || position === null) return null;
  if (position === 0) throw new RowError("INVALID_INDEX_OF_ZERO", "array_insert counts from 1; there is no position 0");
  checkLength(Math.abs(position), `array_insert(…, ${position})`);
  if (position < -array.length) return [item, ...nulls(-position - array.length - 1), ...array];
  const at = position > 0 ? position - 1 : array.length + position + 1;
  return [...array.slice(0, at), ...nulls(at - array.length), item, ...array.slice(at)];
}

/** Spark's `array_remove`: without the items that are equal to one. `order` as in array-search.ts. */
export function removeItem<T>(array: readonly T[], item: T, order?: ValueOrder): readonly T[] {
  if (order !== undefined) return array.filter((other) => !order.equals(other, item));
  return Number.isNaN(item) ? array.filter((other) => !Number.isNaN(other)) : array.filter((other) => other !== item);
}

/** Spark's `array_compact`: without the nulls. */
export function compactItems<T>(array: readonly (T | null)[]): readonly T[] {
  return array.filter((item): item is T => item !== null);
}

/** Spark's `array_repeat`: none where the count is negative. */
export function repeatItem<T>(item: T, count: number): readonly T[];
export function repeatItem<T>(item: T, count: number | null): readonly T[] | null;
export function repeatItem<T>(item: T, count: number | null): readonly T[] | null {
  if (count === null) return null;
  checkLength(count, `array_repeat(…, ${count})`);
  return Array.from({ length: Math.max(count, 0) }, () => item);
}

/** Spark's `slice`: so many items from a position on, from 1, or from the end where negative. */
export function sliceItems<T>(array: readonly T[], start: number, length: number): readonly T[] {
  if (start === 0) throw new RowError("INVALID_PARAMETER_VALUE", "slice counts from 1; there is no position 0");
  if (length < 0) throw new RowError("INVALID_PARAMETER_VALUE", `slice takes a length of 0 or more, not ${length}`);
  const from = start > 0 ? start - 1 : array.length + start;
  return from < 0 ? [] : array.slice(from, from + length);
}

/** Spark's `flatten`: the items of the arrays, one after the other; null where one of them is. */
export function flattenArrays<T>(arrays: readonly (readonly T[] | null)[]): readonly T[] | null {
  const items: T[] = [];
  for (const array of arrays) {
    if (array === null) return null;
    for (const item of array) items.push(item);
  }
  return items;
}

/** Spark's `arrays_zip`: a record of the items at each place; null where an array has ended. */
export function zipArrays<A extends readonly (readonly unknown[])[], R>(make: (...items: { readonly [I in keyof A]: A[I][number] | null }) => R, ...arrays: A): readonly R[] {
  const length = Math.max(...arrays.map((array) => array.length), 0);
  // An item of each array, which is what `make` takes.
  return Array.from({ length }, (_, at) => make(...(arrays.map((array) => array[at] ?? null) as { readonly [I in keyof A]: A[I][number] | null })));
}

/** Spark's `array_join`: without the nulls, or with a text in their places. */
export function joinItems(array: readonly (string | null)[], separator: string, nullText?: string): string {
  return (nullText === undefined ? array.filter((item) => item !== null) : array.map((item) => item ?? nullText)).join(separator);
}

function nulls(count: number): readonly null[] {
  return Array.from({ length: Math.max(count, 0) }, () => null);
}
