import { RowError } from "../errors/row-error.ts";

/** `array[index]`: from 0; a `RowError` beyond the ends, as in ANSI SQL (Spark's GetArrayItem). */
export function itemAt<T>(array: readonly T[], index: number): T {
  const item = array[index];
  if (item === undefined) {
    throw new RowError("INVALID_ARRAY_INDEX", `the index ${index} is outside an array of ${elements(array.length)} (the first is 0); get(…) gives null there`);
  }
  return item;
}

/** Spark's `element_at`: from 1, from the end where negative; a `RowError` for 0 and beyond the ends. */
export function elementAt<T>(array: readonly T[], index: number): T {
  if (index === 0) throw new RowError("INVALID_INDEX_OF_ZERO", "element_at counts from 1; there is no element 0");
  const item = array[index > 0 ? index - 1 : array.length + index];
  if (item === undefined) {
    throw new RowError("INVALID_ARRAY_INDEX_IN_ELEMENT_AT", `element_at(…, ${index}) is outside an array of ${elements(array.length)} (the first is 1); get(…) gives null there`);
  }
  return item;
}

/** Spark's `try_element_at`: as `elementAt`, with null beyond the ends. */
export function elementOrNull<T>(array: readonly T[], index: number): T | null {
  if (index === 0) throw new RowError("INVALID_INDEX_OF_ZERO", "try_element_at counts from 1; there is no element 0");
  return array[index > 0 ? index - 1 : array.length + index] ?? null;
}

/** Spark's `get`: from 0; null beyond the ends. */
export function itemOrNull<T>(array: readonly T[], index: number): T | null {
  return array[index] ?? null;
}

function elements(count: number): string {
  return count === 1 ? "1 element" : `${count} elements`;
}

/** Spark's `concat` of arrays. */
export function concatArrays<T>(...arrays: readonly (readonly T[])[]): readonly T[] {
  return arrays.flat(1) as readonly T[];
}
