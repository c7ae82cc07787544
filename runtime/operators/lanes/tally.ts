import { detachText } from "../../formats/columns/detach-text.ts";
import type { ValueType } from "../../formats/value-type.ts";
import { orderOf, type ValueOrder } from "../../functions/compare-values.ts";

/** How often each value came, in the order in which they came first. −0.0 is 0.0, and NaN equals itself. */
export interface Tally {
  /** Counts a value `times` more; gives how often it has come then. */
  add(value: unknown, times: number): number;
  readonly size: number;
  entries(): Iterable<readonly [value: unknown, count: number]>;
}

/** What makes tallies of values of a type: scalars are keys of a map as they are, binary, records, arrays and maps go by content. */
export function tallyMaker(type: ValueType): () => Tally {
  switch (type.kind) {
    case "binary":
    case "array":
    case "record":
    case "map": {
      const order = orderOf(type);
      return () => new ContentTally(order);
    }
    default:
      return () => new ScalarTally();
  }
}

class ScalarTally implements Tally {
  readonly #counts = new Map<unknown, number>();

  add(value: unknown, times: number): number {
    const before = this.#counts.get(value);
    const count = (before ?? 0) + times;
    // Only a new text is kept beyond its batch.
    this.#counts.set(before === undefined && typeof value === "string" ? detachText(value) : value, count);
    return count;
  }

  get size(): number {
    return this.#counts.size;
  }

  entries(): Iterable<readonly [unknown, number]> {
    return this.#counts;
  }
}

class ContentTally implements Tally {
  readonly #order: ValueOrder;
  readonly #values: unknown[] = [];
  readonly #counts: number[] = [];
  /** Positions by hash. */
  readonly #buckets = new Map<number, number[]>();

  constructor(order: ValueOrder) {
    this.#order = order;
  }

  add(value: unknown, times: number): number {
    const hash = this.#order.hash(value);
    const bucket = this.#buckets.get(hash) ?? [];
    let at = bucket.find((position) => this.#order.equals(this.#values[position], value));
    if (at === undefined) {
      at = this.#values.push(value) - 1;
      this.#counts.push(0);
      this.#buckets.set(hash, [...bucket, at]);
    }
    return (this.#counts[at]! += times);
  }

  get size(): number {
    return this.#values.length;
  }

  *entries(): Iterable<readonly [unknown, number]> {
    for (const [at, value] of this.#values.entries()) yield [value, this.#counts[at]!];
  }
}
