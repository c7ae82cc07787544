/** `make` of a value that is not null, else null. */
export function ifPresent<T, R>(value: T | null, make: (value: T) => R): R | null {
  return value === null ? null : make(value);
}

/** `make` of two values of which neither is null, else null. */
export function ifBothPresent<T, U, R>(left: T | null, right: U | null, make: (left: T, right: U) => R): R | null {
  return left === null || right === null ? null : make(left, right);
}
