/** What oracles work results out with: plain loops, and not a line of Sluice. A row of a result, in the order of its columns. */
export type Row = Readonly<Record<string, string | number | null>>;

/** The items by key, keys in the order of their first item. */
export function grouped<Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** Texts by code unit. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Numbers added one after the other. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The mean of numbers added one after the other. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** Rows as a JSON text each. */
export function json(rows: readonly Row[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row));
}
