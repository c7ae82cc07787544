type Numbers = Float64Array | Int32Array | Uint32Array | Uint8Array;

/** A copy with room for `capacity` numbers, at least doubled; new ones are `empty`. The same array where there is room already. */
export function grown<Values extends Numbers>(values: Values, capacity: number, empty: number = 0): Values {
  if (values.length >= capacity) return values;
  // What makes an array of a kind is its constructor.
  const larger = new (values.constructor as new (length: number) => Values)(Math.max(capacity, 2 * values.length, 16));
  larger.set(values);
  if (!Object.is(empty, 0)) larger.fill(empty, values.length);
  return larger;
}
