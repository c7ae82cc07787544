export interface Tick {
  readonly price: number;
  readonly volume: bigint;
  readonly at: Date | null;
}

export interface Totals {
  readonly highest: number;
  readonly volume: bigint;
  readonly days: readonly string[];
  readonly last?: Date;
}

/** What a ticker has come to; one whose volume is a multiple of 100 is forgotten. */
export function totals(ticks: readonly Tick[], before: Totals | undefined): Totals | undefined {
  const volume = ticks.reduce((sum, tick) => sum + tick.volume, before?.volume ?? 0n);
  if (ticks.length > 0 && volume % 100n === 0n) return undefined;
  const times = ticks.flatMap(({ at }) => (at === null ? [] : [at]));
  const last = times.at(-1) ?? before?.last;
  const days = new Set([...(before?.days ?? []), ...times.map((time) => time.toISOString().slice(0, 10))]);
  return { highest: Math.max(before?.highest ?? 0, ...ticks.map(({ price }) => price)), volume, days: [...days], ...(last === undefined ? {} : { last }) };
}

/** How many rows a key had: the state is one value. */
export const seen = (prices: readonly number[], count: number | undefined): number | undefined => (count ?? 0) + prices.length;
