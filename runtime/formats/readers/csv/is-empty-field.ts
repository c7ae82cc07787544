/** Whether the field at `at` is empty, and so null: a separator or a line end stands there. */
export function isEmptyField(bytes: Uint8Array, at: number, separator: number): boolean {
  const byte = bytes[at];
  return byte === separator || byte === 10 || byte === 13;
}
