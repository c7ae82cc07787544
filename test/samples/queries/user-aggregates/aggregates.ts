import type { UserAggregate } from "../../../../runtime/index.ts";

/** The most frequent words, by count and then by themselves: a map that is changed in place. */
export const topWords = {
  init: () => new Map<string, number>(),
  add: (counts: Map<string, number>, word: string) => counts.set(word, (counts.get(word) ?? 0) + 1),
  merge(a: Map<string, number>, b: Map<string, number>) {
    for (const [word, count] of b) a.set(word, (a.get(word) ?? 0) + count);
    return a;
  },
  result: (counts: Map<string, number>) => [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 2).map(([word]) => word),
};

interface Mean {
  sum: number;
  weight: number;
}

/** A mean with weights; a missing weight is 1. */
export const weightedMean = {
  init: (): Mean => ({ sum: 0, weight: 0 }),
  add: ({ sum, weight }: Mean, value: number, by: number | null): Mean => ({ sum: sum + value * (by ?? 1), weight: weight + (by ?? 1) }),
  retract: ({ sum, weight }: Mean, value: number, by: number | null): Mean => ({ sum: sum - value * (by ?? 1), weight: weight - (by ?? 1) }),
  merge: (a: Mean, b: Mean): Mean => ({ sum: a.sum + b.sum, weight: a.weight + b.weight }),
  result: ({ sum, weight }: Mean): number | null => (weight === 0 ? null : sum / weight),
};

interface Span {
  first: Date;
  last: Date;
}

/** From when to when: a state that may be null, a result with fields. */
export const span = {
  init: (): Span | null => null,
  add: (state: Span | null, at: Date): Span | null => (state === null ? { first: at, last: at } : { first: at < state.first ? at : state.first, last: at > state.last ? at : state.last }),
  merge(a: Span | null, b: Span | null): Span | null {
    if (a === null || b === null) return a ?? b;
    return { first: a.first < b.first ? a.first : b.first, last: a.last > b.last ? a.last : b.last };
  },
  result: (state: Span | null): { first: Date; last: Date; seconds: bigint } | null => (state === null ? null : { ...state, seconds: BigInt((state.last.getTime() - state.first.getTime()) / 1000) }),
};

/** Exact, and taken back exactly. */
export const xor = {
  init: () => 0n,
  add: (state, value) => state ^ value,
  retract: (state, value) => state ^ value,
  merge: (a, b) => a ^ b,
  result: (state) => state,
} satisfies UserAggregate<bigint, [value: bigint], bigint>;

/** The values in order; its result sorts what it is given, which changes no state. */
export const midst: UserAggregate<number[], [number], number | null> = {
  init: () => [],
  add(values, value) {
    values.push(value);
    return values;
  },
  merge: (a, b) => [...a, ...b],
  result(values) {
    return values.sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? null;
  },
};
