interface Hit {
  readonly page: string | null;
  readonly user: bigint;
}

/** A function of all rows of a batch. */
export function busiest(hits: readonly Hit[]): { user: bigint; hits: number }[] {
  const counts = new Map<bigint, number>();
  for (const { user } of hits) counts.set(user, (counts.get(user) ?? 0) + 1);
  return [...counts].map(([user, count]) => ({ user, hits: count })).sort((a, b) => b.hits - a.hits || Number(a.user - b.user)).slice(0, 3);
}

/** A function that takes its time. */
export function named({ user, page }: Hit): Promise<{ name: string; page: string | null; seen: Date }> {
  return Promise.resolve({ name: `user ${user}`, page, seen: new Date(Number(user)) });
}
