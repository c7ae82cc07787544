/** A copy with room for twice as many numbers; the new ones are 0. */
export function doubled(values: Int32Array): Int32Array<ArrayBuffer>;
export function doubled(values: Uint8Array): Uint8Array<ArrayBuffer>;
export function doubled(values: Int32Array | Uint8Array): Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> {
  const larger = values instanceof Int32Array ? new Int32Array(values.length * 2) : new Uint8Array(values.length * 2);
  larger.set(values);
  return larger;
}
