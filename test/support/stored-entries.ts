import { expect } from "vitest";
import type { StatefulOperator } from "../../runtime/operators/stateful.ts";

/** Keeps an operator's deltas as a checkpoint does, so that another can be restored from them. */
export class StoredEntries {
  readonly #entries = new Map<string, readonly [key: Uint8Array, value: Uint8Array]>();

  get size(): number {
    return this.#entries.size;
  }

  /** Takes a batch's delta; one that takes an entry away that is not there, or that a snapshot does not bear out, fails the test. */
  take(operator: StatefulOperator): void {
    for (const { key, value } of operator.changes()) {
      const name = Buffer.from(key).toString("hex");
      if (value === undefined) expect(this.#entries.delete(name)).toBe(true);
      else this.#entries.set(name, [key, value]);
    }
    const snapshot = [...operator.entries()].map(({ key, value }) => [Buffer.from(key).toString("hex"), value === undefined ? "" : Buffer.from(value).toString("hex")] as const);
    expect(new Map(snapshot)).toEqual(new Map([...this.#entries].map(([name, [, value]]) => [name, Buffer.from(value).toString("hex")])));
  }

  restoreInto(operator: StatefulOperator): void {
    for (const [key, value] of this.#entries.values()) operator.restore(0, key, value);
  }
}
