import type { ValueType } from "../../formats/value-type.ts";
import { orderOf, type ValueOrder } from "../../functions/compare-values.ts";
import type { KeyIndex } from "./key-index.ts";

/** Values of any type by content: booleans, records, arrays, binary. */
export class AnyKeyIndex implements KeyIndex {
  readonly #order: ValueOrder;
  readonly #values: unknown[] = [];
  readonly #byHash = new Map<number, number[]>();

  constructor(type: ValueType) {
    this.#order = orderOf(type);
  }

  get size(): number {
    return this.#values.length;
  }

  id(value: unknown): number {
    const hash = this.#order.hash(value);
    let bucket = this.#byHash.get(hash);
    if (bucket === undefined) this.#byHash.set(hash, (bucket = []));
    for (const id of bucket) if (this.#order.equals(this.#values[id], value)) return id;
    const id = this.#values.push(value) - 1;
    bucket.push(id);
    return id;
  }

  value(id: number): unknown {
    return this.#values[id];
  }

  clear(): void {
    this.#values.length = 0;
    this.#byHash.clear();
  }
}
