const oneNull: readonly [null] = [null];
const nullEntry: readonly [readonly [null, null]] = [[null, null]];

/** The rows of a lookup, or one null where there is none: a left join's row without a partner. */
export function orOneNull<Row>(rows: readonly Row[]): readonly (Row | null)[] {
  return rows.length === 0 ? oneNull : rows;
}

/** The entries of a map, or one entry of nulls where it is null or empty: `explode_outer` of a map. */
export function orNullEntry<Key, Value>(map: ReadonlyMap<Key, Value> | null): Iterable<readonly [Key | null, Value | null]> {
  return map === null || map.size === 0 ? nullEntry : map;
}
