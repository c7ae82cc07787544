export interface Tick {
  readonly ticker: string;
  readonly price: number;
  readonly volume: bigint | null;
  readonly at: Date;
}

/** Answers come back in another order than they were asked for. */
export async function quote(tick: Tick): Promise<{ ticker: string; cost: number | null; day: string }> {
  for (let turn = tick.ticker.charCodeAt(0) % 5; turn > 0; turn--) await Promise.resolve();
  return { ticker: tick.ticker, cost: tick.volume === null ? null : tick.price * Number(tick.volume), day: tick.at.toISOString().slice(0, 10) };
}

/** Rows of the same kind, dearest first. */
export function dearest(ticks: readonly Tick[]): Tick[] {
  return [...ticks].sort((a, b) => b.price - a.price || (a.ticker < b.ticker ? -1 : 1)).slice(0, 2);
}

interface Count {
  readonly ticker: string;
  readonly n: number;
}

/** A promise of rows. */
export async function shares(counts: readonly Count[]): Promise<readonly { ticker: string; share: number }[]> {
  const all = counts.reduce((sum, { n }) => sum + n, 0);
  return await Promise.resolve(counts.map(({ ticker, n }) => ({ ticker, share: Math.round((100 * n) / all) })));
}
