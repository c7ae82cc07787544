import type { ValueOrder } from "../compare-values.ts";

/** Items of an array by their value: null is one of them, NaN is itself, −0.0 is 0.0. */
export interface ItemSet {
  /** Whether it was not there yet. */
  add(item: unknown): boolean;
  has(item: unknown): boolean;
}

/** A set of items of one type; `order` where their content is compared, none for scalars. */
export function itemSet(order: ValueOrder | undefined): ItemSet {
  return order === undefined ? new ScalarSet() : new ContentSet(order);
}

class ScalarSet implements ItemSet {
  readonly #items = new Set<unknown>();

  add(item: unknown): boolean {
    const before = this.#items.size;
    return this.#items.add(item).size > before;
  }

  has(item: unknown): boolean {
    return this.#items.has(item);
  }
}

class ContentSet implements ItemSet {
  readonly #order: ValueOrder;
  readonly #buckets = new Map<number, unknown[]>();

  constructor(order: ValueOrder) {
    this.#order = order;
  }

  add(item: unknown): boolean {
    const hash = this.#order.hash(item);
    const bucket = this.#buckets.get(hash);
    if (bucket === undefined) this.#buckets.set(hash, [item]);
    else if (bucket.some((other) => this.#order.equals(item, other))) return false;
    else bucket.push(item);
    return true;
  }

  has(item: unknown): boolean {
    return this.#buckets.get(this.#order.hash(item))?.some((other) => this.#order.equals(item, other)) ?? false;
  }
}
