import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import type { BatchContext } from "../../query/batch-context.ts";
import { interruptible } from "../../query/interruptible.ts";
import type { ChangeBatchWriter } from "../../user/writers.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";
import type { RowKind, Sink, SinkContext } from "../sink.ts";

export interface ForeachBatchSettings<Row, Given> {
  /** A row as the function takes it. */
  readonly give: (row: Row) => Given;
  /** Whether the function is told of rows that leave. */
  readonly takesKinds: boolean;
}

/**
 * Calls a user's function with all rows of each batch (Spark: ForeachBatchSink), also of one without rows. It is called while the batch
 * is prepared: a batch whose function failed is not committed, and is run again with the same id and rows. An interruption ends the wait for it.
 */
export class ForeachBatchSink<Row, Given> implements Sink<Row> {
  readonly description = "ForeachBatchSink";
  readonly takesDeletedRows: boolean;
  readonly #context: SinkContext<Row>;
  readonly #write: ChangeBatchWriter<Given>;
  readonly #settings: ForeachBatchSettings<Row, Given>;
  #rows: Given[] = [];
  #kinds: RowKind[] = [];

  constructor(context: SinkContext<Row>, write: ChangeBatchWriter<Given>, settings: ForeachBatchSettings<Row, Given>) {
    this.#context = context;
    this.#write = write;
    this.#settings = settings;
    this.takesDeletedRows = settings.takesKinds;
  }

  begin(): boolean {
    this.#clear();
    return true;
  }

  write(kind: RowKind, row: Row): void {
    if (kind === "-D" && !this.#settings.takesKinds) return;
    this.#rows.push(this.#settings.give(row));
    this.#kinds.push(kind);
  }

  async prepare(batch: BatchContext): Promise<readonly string[]> {
    const { host, signal } = this.#context;
    signal?.throwIfAborted();
    await interruptible(this.#written(batch), signal);
    host.fault("sink-function.returned");
    return [];
  }

  commit(): Promise<void> {
    this.#clear();
    return Promise.resolve();
  }

  abort(): Promise<void> {
    this.#clear();
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #written(batch: BatchContext): Promise<void> {
    try {
      await this.#write(this.#rows, batch.id, this.#kinds);
    } catch (error) {
      throw new SluiceRuntimeError({
        code: "R7651",
        what: `the function of \`foreachBatch\` failed: ${thrownMessage(error)}`,
        where: `query ${this.#context.queryName}, batch ${batch.id}`,
        how: "the function's own error is the cause; started again with its checkpoint, the query runs the batch again with the same rows",
        cause: error,
      });
    }
  }

  #clear(): void {
    this.#rows = [];
    this.#kinds = [];
  }
}
