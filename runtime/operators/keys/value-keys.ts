import { orderOf, type ValueOrder } from "../../functions/compare-values.ts";
import type { ValueType } from "../../formats/value-type.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { storedValue, type StoredValue } from "../lanes/stored-value.ts";
import { type Canonical, canonicalForm } from "../canonical-form.ts";
import type { KeyColumn } from "./key-column.ts";

/** Keys of any other type (records, arrays, maps, binary), equal by content. */
export class ValueKeys implements KeyColumn {
  readonly #order: ValueOrder;
  readonly #stored: StoredValue;
  /** Without it a group would show the zero, or the order of a map's entries, of whichever row came first. */
  readonly #canonical: Canonical | undefined;
  readonly #values: unknown[] = [];
  /** Ids by hash. */
  readonly #buckets = new Map<number, number[]>();

  constructor(type: ValueType) {
    this.#order = orderOf(type);
    this.#stored = storedValue(type);
    this.#canonical = canonicalForm(type, "one zero");
  }

  get size(): number {
    return this.#values.length;
  }

  idOf(value: unknown): number {
    const known = this.find(value);
    if (known >= 0) return known;
    const id = this.#values.push(value === null || this.#canonical === undefined ? value : this.#canonical(value)) - 1;
    this.#index(id);
    return id;
  }

  find(value: unknown): number {
    const bucket = this.#buckets.get(this.#order.hash(value)) ?? [];
    return bucket.find((id) => this.#order.equals(this.#values[id], value)) ?? -1;
  }

  get(id: number): unknown {
    return this.#values[id];
  }

  clear(): void {
    this.#values.length = 0;
    this.#buckets.clear();
  }

  keep(ids: Int32Array): void {
    ids.forEach((id, at) => {
      this.#values[at] = this.#values[id];
    });
    this.#values.length = ids.length;
    this.#buckets.clear();
    for (let id = 0; id < ids.length; id++) this.#index(id);
  }

  write(id: number, out: RowWriter): void {
    const value = this.#values[id];
    if (value === null) out.writeNull();
    else this.#stored.write(value, out);
  }

  read(row: RowReader): number {
    return this.idOf(row.readNull() ? null : this.#stored.read(row));
  }

  #index(id: number): void {
    const hash = this.#order.hash(this.#values[id]);
    const bucket = this.#buckets.get(hash);
    if (bucket === undefined) this.#buckets.set(hash, [id]);
    else bucket.push(id);
  }
}
