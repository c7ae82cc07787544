import type { TableSource } from "../connectors/source.ts";
import type { Chunk } from "../formats/column-batch.ts";

/** A table as it was when it was first read, for the rest of the run. */
export class OnceReadTable implements TableSource {
  readonly description: string;
  readonly #table: TableSource;
  readonly #keepsRecords: boolean;
  /** Asked for last, before the table was read. */
  #fingerprint: string | undefined;
  #isRead = false;
  #chunks: readonly Chunk[] = [];

  /** `keepsRecords`: they are asked for again, because another table of the query changes. */
  constructor(table: TableSource, keepsRecords: boolean) {
    this.description = table.description;
    this.#table = table;
    this.#keepsRecords = keepsRecords;
  }

  fingerprint(): string {
    if (!this.#isRead || this.#fingerprint === undefined) this.#fingerprint = this.#table.fingerprint();
    return this.#fingerprint;
  }

  async *read(): AsyncGenerator<Chunk, void, undefined> {
    if (this.#isRead && this.#keepsRecords) {
      yield* this.#chunks;
      return;
    }
    this.fingerprint();
    this.#isRead = true;
    const chunks: Chunk[] = [];
    for await (const chunk of this.#table.read()) {
      if (this.#keepsRecords) chunks.push(copyOf(chunk));
      yield chunk;
    }
    this.#chunks = chunks;
  }
}

/** The source fills its buffers again. */
function copyOf(chunk: Chunk): Chunk {
  const bytes = chunk.bytes.slice(chunk.start, chunk.end);
  return { ...chunk, bytes, start: 0, end: bytes.length };
}
