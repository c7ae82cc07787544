/** The longest value. */
export function longest(labels: ReadonlyMap<string, string>): string | null {
  let found: string | null = null;
  for (const value of labels.values()) if (found === null || value.length > found.length) found = value;
  return found;
}

/** The same map with every number one greater. */
export function tagged(counts: ReadonlyMap<string, bigint | null> | null): Map<string, bigint | null> | null {
  if (counts === null) return null;
  return new Map([...counts].map(([key, value]) => [`${key}+1`, value === null ? null : value + 1n]));
}
