import { RowCounts, type TakenCounts } from "./row-counts.ts";
import type { RowLimit } from "./row-limit.ts";
import type { KeptOperator, StateChange, StateCodec, StateDescriptor } from "./stateful.ts";

/** Makes a limit of `count` rows that is kept in the checkpoint. */
export function createRowLimit(operatorId: string, count: number, codec: StateCodec): { readonly limit: RowLimit; readonly state: KeptOperator } {
  const counter = new RowLimitCounter(operatorId, count, codec);
  return { limit: counter, state: counter };
}

/** One entry under the empty key: how many rows were let through. It is there from the first of them on. */
class RowLimitCounter implements RowLimit, KeptOperator {
  readonly descriptor: StateDescriptor;
  readonly dueAt = undefined;
  readonly #codec: StateCodec;
  readonly #count: number;
  /** Updated: the one entry, once. */
  readonly #counts = new RowCounts();
  #taken = 0;
  #isChanged = false;

  constructor(operatorId: string, count: number, codec: StateCodec) {
    this.descriptor = { operatorId, key: [], value: ["long"] };
    this.#count = count;
    this.#codec = codec;
  }

  takes(): boolean {
    if (this.#taken >= this.#count) return false;
    this.#taken++;
    this.#isChanged = true;
    this.#counts.updated = 1;
    return true;
  }

  get rows(): number {
    return this.#taken === 0 ? 0 : 1;
  }

  get memoryBytes(): number {
    return this.rows * 8;
  }

  beginBatch(): void {
    // The count goes on.
  }

  evict(): void {
    // The count stays.
  }

  wantsNoDataBatch(): boolean {
    return false;
  }

  takeCounts(): TakenCounts {
    return this.#counts.take();
  }

  touchAll(): void {
    // No result is made of the count.
  }

  restore(_partition: number, _key: Uint8Array, value: Uint8Array): void {
    this.#taken = Number(this.#codec.reader(value).readLong());
  }

  changes(): Iterable<StateChange> {
    if (!this.#isChanged) return [];
    this.#isChanged = false;
    return this.entries();
  }

  entries(): Iterable<StateChange> {
    if (this.#taken === 0) return [];
    const row = this.#codec.writer();
    const key = row.take();
    row.writeLong(this.#taken);
    return [{ partition: this.#codec.partitionOf(key), key, value: row.take() }];
  }

  keyColumns(): undefined {
    return undefined;
  }

  clear(): void {
    this.#taken = 0;
    this.#isChanged = false;
    this.#counts.clear();
  }
}
