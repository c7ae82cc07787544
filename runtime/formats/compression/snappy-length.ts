/** What snappy's bytes (without a framing) say that their content has: seven bits a byte, the lowest first. Whoever unpacks them makes so much room at once. Throws where they say nothing. */
export function snappyLength(bytes: Uint8Array): number {
  let length = 0;
  for (let at = 0; at < 5 && at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    length += (byte & 0x7f) * 128 ** at;
    if (byte < 0x80) return length;
  }
  throw new RangeError("it has no length");
}
