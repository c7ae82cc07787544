/** A copy with room for `capacity` slots, at least doubled; new slots hold `empty`. The same array where there is room already. */
export function grown(values: Float64Array, capacity: number, empty: number): Float64Array {
  if (values.length >= capacity) return values;
  const larger = new Float64Array(Math.max(capacity, 2 * values.length, 16));
  larger.set(values);
  if (!Object.is(empty, 0)) larger.fill(empty, values.length);
  return larger;
}
