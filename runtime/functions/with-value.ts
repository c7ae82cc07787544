/** `make` of a value that it names more than once. */
export function withValue<T, R>(value: T, make: (value: T) => R): R {
  return make(value);
}
