/** Spark's `isnan`: false for null. */
export function isNotANumber(value: number | null): boolean {
  return Number.isNaN(value);
}

/** Spark's `nanvl`: the first value, or the second where the first is NaN; null where the first is. */
export function unlessNaN<T>(value: number, other: T): number | T;
export function unlessNaN<T>(value: number | null, other: T): number | T | null;
export function unlessNaN<T>(value: number | null, other: T): number | T | null {
  return Number.isNaN(value) ? other : value;
}
