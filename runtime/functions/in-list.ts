/**
 * `value in (items)`: null where the value is null, or where it is not found and an item is null. Values of one scalar type;
 * NaN is found, −0.0 is 0.0 (the same-value-zero test of `includes`).
 */
export function inList<T>(value: T | null, items: readonly (T | null)[]): boolean | null {
  if (value === null) return null;
  if (items.includes(value)) return true;
  return items.includes(null) ? null : false;
}

/** As `inList`, for records and arrays: `equals` compares two values that are not null. */
export function inListBy<T>(value: T | null, items: readonly (T | null)[], equals: (left: T, right: T) => boolean): boolean | null {
  if (value === null) return null;
  if (items.some((item) => item !== null && equals(value, item))) return true;
  return items.includes(null) ? null : false;
}

/** `nullif` of scalars other than doubles: null where both are the same value. */
export function nullIf<T>(value: T | null, other: T | null): T | null {
  return value === other ? null : value;
}

/** `nullif` by an equality of two values that are not null. */
export function nullIfBy<T, U>(value: T | null, other: U | null, equals: (value: T, other: U) => boolean): T | null {
  return value !== null && other !== null && equals(value, other) ? null : value;
}
