import { detachText } from "../../formats/columns/detach-text.ts";
import type { ValueType } from "../../formats/value-type.ts";
import { orderOf, type ValueOrder } from "../../functions/compare-values.ts";

/** How often each value came, in the order in which they came first; a value that no longer counts is gone. −0.0 is 0.0, and NaN equals itself. */
export interface Tally {
  /** Counts a value `times` more (or, negative, less); gives how often it has come then. */
  add(value: unknown, times: number): number;
  /** How often a value has come. */
  count(value: unknown): number;
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
    if (count === 0) {
      this.#counts.delete(value);
      return 0;
    }
    // Only a new text is kept beyond its batch.
    this.#counts.set(before === undefined && typeof value === "string" ? detachText(value) : value, count);
    return count;
  }

  count(value: unknown): number {
    return this.#counts.get(value) ?? 0;
  }

  get size(): number {
    return this.#counts.size;
  }

  entries(): Iterable<readonly [unknown, number]> {
    return this.#counts;
  }
}

interface Entry {
  readonly hash: number;
  readonly value: unknown;
  count: number;
}

class ContentTally implements Tally {
  readonly #order: ValueOrder;
  readonly #entries = new Set<Entry>();
  /** Entries by hash. */
  readonly #buckets = new Map<number, Entry[]>();

  constructor(order: ValueOrder) {
    this.#order = order;
  }

  count(value: unknown): number {
    return this.#find(this.#order.hash(value), value)?.count ?? 0;
  }

  add(value: unknown, times: number): number {
    const hash = this.#order.hash(value);
    const known = this.#find(hash, value);
    const entry = known ?? { hash, value, count: 0 };
    entry.count += times;
    if (entry.count === 0) {
      if (known !== undefined) this.#remove(entry);
    } else if (known === undefined) {
      this.#insert(entry);
    }
    return entry.count;
  }

  get size(): number {
    return this.#entries.size;
  }

  *entries(): Iterable<readonly [unknown, number]> {
    for (const { value, count } of this.#entries) yield [value, count];
  }

  #find(hash: number, value: unknown): Entry | undefined {
    return this.#buckets.get(hash)?.find((entry) => this.#order.equals(entry.value, value));
  }

  #insert(entry: Entry): void {
    this.#entries.add(entry);
    const bucket = this.#buckets.get(entry.hash);
    if (bucket === undefined) this.#buckets.set(entry.hash, [entry]);
    else bucket.push(entry);
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry);
    const bucket = this.#buckets.get(entry.hash) ?? [];
    if (bucket.length <= 1) this.#buckets.delete(entry.hash);
    else bucket.splice(bucket.indexOf(entry), 1);
  }
}
