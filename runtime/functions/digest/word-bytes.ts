/** Bytes as pairs of hexadecimal digits in lower case, as digests are written. */
export function digestText(words: Iterable<number>, bytes: number): string {
  let out = "";
  for (const word of words) out += (word >>> 0).toString(16).padStart(8, "0");
  return out.slice(0, bytes * 2);
}

/** The message with its padding: a set bit, zeros, and the length in bits in the last 8 bytes of a block. */
export function paddedMessage(message: Uint8Array, blockSize: number, isLittleEndian: boolean): DataView {
  const lengthBytes = blockSize / 8;
  const padded = new Uint8Array(Math.ceil((message.length + 1 + lengthBytes) / blockSize) * blockSize);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  const [low, high] = isLittleEndian ? [padded.length - 8, padded.length - 4] : [padded.length - 4, padded.length - 8];
  view.setUint32(low, (message.length * 8) >>> 0, isLittleEndian);
  view.setUint32(high, Math.floor(message.length / 2 ** 29), isLittleEndian);
  return view;
}
