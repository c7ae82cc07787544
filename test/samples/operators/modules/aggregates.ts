/** Aggregates that the samples import. */
export const topPages = {
  init: () => new Map<string, number>(),
  add: (counts: Map<string, number>, page: string) => counts.set(page, (counts.get(page) ?? 0) + 1),
  merge(a: Map<string, number>, b: Map<string, number>) {
    for (const [page, count] of b) a.set(page, (a.get(page) ?? 0) + count);
    return a;
  },
  result: (counts: Map<string, number>) => [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 3).map(([page]) => page),
};

interface Mean {
  readonly sum: number;
  readonly weight: number;
}

export const weightedMean = {
  init: (): Mean => ({ sum: 0, weight: 0 }),
  add: ({ sum, weight }: Mean, value: number, by: number): Mean => ({ sum: sum + value * by, weight: weight + by }),
  retract: ({ sum, weight }: Mean, value: number, by: number): Mean => ({ sum: sum - value * by, weight: weight - by }),
  merge: (a: Mean, b: Mean): Mean => ({ sum: a.sum + b.sum, weight: a.weight + b.weight }),
  result: ({ sum, weight }: Mean): number | null => (weight === 0 ? null : sum / weight),
};
