import type { SourceLog } from "./source.ts";

/** The log of a source in a query that keeps no checkpoint: entries live as long as the process. */
export class VolatileLog implements SourceLog {
  readonly #entries = new Map<number, Uint8Array>();

  write(batch: number, payload: Uint8Array): void {
    this.#entries.set(batch, payload);
  }

  read(batch: number): Uint8Array | undefined {
    return this.#entries.get(batch);
  }

  entries(): readonly number[] {
    return [...this.#entries.keys()].sort((a, b) => a - b);
  }

  removeBelow(batch: number): void {
    for (const entry of this.entries()) if (entry < batch) this.#entries.delete(entry);
  }
}
