const oneNull: readonly [null] = [null];

/** The rows of a lookup, or one null where there is none: a left join's row without a partner. */
export function orOneNull<Row>(rows: readonly Row[]): readonly (Row | null)[] {
  return rows.length === 0 ? oneNull : rows;
}
