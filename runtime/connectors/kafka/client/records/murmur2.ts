/** The hash that Java's client takes to choose a partition (`Utils.murmur2`), of the bytes from `start` to `end`, as a signed 32-bit number. */
export function murmur2(bytes: Uint8Array, start = 0, end = bytes.length): number {
  const m = 0x5bd1e995;
  let h = 0x9747b28c ^ (end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    let k = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    k = Math.imul(k, m);
    k ^= k >>> 24;
    k = Math.imul(k, m);
    h = Math.imul(h, m) ^ k;
  }
  const rest = end - at;
  if (rest >= 3) h ^= bytes[at + 2]! << 16;
  if (rest >= 2) h ^= bytes[at + 1]! << 8;
  if (rest >= 1) h = Math.imul(h ^ bytes[at]!, m);
  h ^= h >>> 13;
  h = Math.imul(h, m);
  return h ^ (h >>> 15);
}

/** The partition of a key among `count`, the same as for Java's client. The key may be a part of the bytes. */
export function partitionOfKey(bytes: Uint8Array, count: number, start = 0, end = bytes.length): number {
  return (murmur2(bytes, start, end) & 0x7fffffff) % count;
}
