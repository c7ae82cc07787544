/** Spark's `map_keys`, in their order. */
export function mapKeys<K>(map: ReadonlyMap<K, unknown>): readonly K[] {
  return [...map.keys()];
}

/** Spark's `map_values`, in the order of the keys. */
export function mapValues<V>(map: ReadonlyMap<unknown, V>): readonly V[] {
  return [...map.values()];
}

/** Spark's `map_entries`: records of a key and its value. */
export function mapEntries<K, V>(map: ReadonlyMap<K, V>): readonly { readonly key: K; readonly value: V }[] {
  return Array.from(map, ([key, value]) => ({ key, value }));
}
