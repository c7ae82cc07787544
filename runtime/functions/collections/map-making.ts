import { RowError } from "../../errors/row-error.ts";

// Maps keep the order of their keys. A null key and a key that comes twice are errors (spark.sql.mapKeyDedupPolicy EXCEPTION).

/** Spark's `map`: of keys and values. */
export function mapOf<K, V>(entries: readonly (readonly [key: K | null, value: V])[]): ReadonlyMap<K, V> {
  const map = new Map<K, V>();
  for (const [key, value] of entries) put(map, key, value);
  return map;
}

/** Spark's `map_from_arrays`. */
export function mapFromArrays<K, V>(keys: readonly (K | null)[], values: readonly V[]): ReadonlyMap<K, V> {
  if (keys.length !== values.length) throw new RowError("_LEGACY_ERROR_TEMP_2128", `a map of ${keys.length} keys and ${values.length} values: there must be as many`);
  const map = new Map<K, V>();
  // As many values as keys.
  for (const [at, key] of keys.entries()) put(map, key, values[at] as V);
  return map;
}

/** Spark's `map_from_entries`: null where an entry is; `parts` gives the key and value of a record. */
export function mapFromEntries<R extends object, K, V>(records: readonly R[], parts: (record: R) => readonly [key: K | null, value: V]): ReadonlyMap<K, V>;
export function mapFromEntries<R extends object, K, V>(records: readonly (R | null)[], parts: (record: R) => readonly [key: K | null, value: V]): ReadonlyMap<K, V> | null;
export function mapFromEntries<R extends object, K, V>(records: readonly (R | null)[], parts: (record: R) => readonly [key: K | null, value: V]): ReadonlyMap<K, V> | null {
  const map = new Map<K, V>();
  if (records.includes(null)) return null;
  for (const record of records) if (record !== null) put(map, ...parts(record));
  return map;
}

/** Spark's `map_concat`. */
export function joinMaps<K, V>(...maps: readonly ReadonlyMap<K, V>[]): ReadonlyMap<K, V> {
  const map = new Map<K, V>();
  for (const other of maps) for (const [key, value] of other) put(map, key, value);
  return map;
}

/** Spark's `str_to_map`: of the parts of a text, each of which `split` cuts into a key and, where there is one, a value. */
export function mapFromParts(parts: readonly string[], split: (part: string) => readonly string[]): ReadonlyMap<string, string | null> {
  const map = new Map<string, string | null>();
  for (const part of parts) {
    const [key = "", value = null] = split(part);
    put(map, key, value);
  }
  return map;
}

function put<K, V>(map: Map<K, V>, key: K | null, value: V): void {
  if (key === null) throw new RowError("NULL_MAP_KEY", "a key of a map is null");
  if (map.has(key)) throw new RowError("DUPLICATED_MAP_KEY", `the key ${typeof key === "string" ? JSON.stringify(key) : String(key)} comes twice in a map`);
  map.set(key, value);
}
