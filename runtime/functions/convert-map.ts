/** A map with its keys and values converted, in the same order; the last of keys that have become equal counts. */
export function convertMap<K, V, L, W>(map: ReadonlyMap<K, V>, key: (key: K) => L, item: (item: V) => W): ReadonlyMap<L, W> {
  const converted = new Map<L, W>();
  for (const [from, value] of map) converted.set(key(from), item(value));
  return converted;
}
