import type { ValueOrder } from "./compare-values.ts";

/** Null only where every one of the values may be null. */
export type ExtremeOf<V extends readonly unknown[]> = NonNullable<V[number]> | (AllNullable<V> extends true ? null : never);
type AllNullable<V extends readonly unknown[]> = V extends readonly [infer First, ...infer Rest] ? (null extends First ? AllNullable<Rest> : false) : true;

/** Spark's `greatest`: the first of the greatest values in their order, NaN above all; nulls do not count. */
export function greatestOf<V extends readonly unknown[]>(order: Pick<ValueOrder, "compare">, ...values: V): ExtremeOf<V> {
  return extremeOf(values, (value, best) => order.compare(value, best) > 0) as ExtremeOf<V>;
}

/** Spark's `least`: the first of the least values in their order; nulls do not count. */
export function leastOf<V extends readonly unknown[]>(order: Pick<ValueOrder, "compare">, ...values: V): ExtremeOf<V> {
  return extremeOf(values, (value, best) => order.compare(value, best) < 0) as ExtremeOf<V>;
}

function extremeOf(values: readonly unknown[], isBetter: (value: unknown, best: unknown) => boolean): unknown {
  let best: unknown = null;
  for (const value of values) if (value !== null && (best === null || isBetter(value, best))) best = value;
  return best;
}
