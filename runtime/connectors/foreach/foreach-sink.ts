import { thrownError } from "../../errors/thrown-error.ts";
import type { BatchContext } from "../../query/batch-context.ts";
import { failureOf } from "../../query/failure-of.ts";
import { interruptible } from "../../query/interruptible.ts";
import type { ChangeWriter } from "../../user/writers.ts";
import { RowText } from "../row-text.ts";
import type { RowKind, Sink, SinkContext } from "../sink.ts";
import { writerFailed, type WriterPlace } from "./writer-errors.ts";

interface Written<Given> {
  readonly kind: RowKind;
  readonly row: Given;
}

export interface ForeachSettings<Row, Given> {
  /** A row as the writer takes it. */
  readonly give: (row: Row) => Given;
  /** Whether the writer is told of rows that leave. */
  readonly takesKinds: boolean;
}

/**
 * Hands the rows of each batch to a user's writer (Spark: ForeachDataWriter). A result with a visible key is taken apart by it into as
 * many partitions as the query's state has, any other is partition 0; every partition is opened in every batch, also without rows. The
 * writer is called while the batch is prepared, so a batch whose writer failed is not committed, and is run again. An interruption ends the
 * wait for a method; `close` is called still, and not waited for. Under the continuous trigger the writer is opened with the first rows of an epoch,
 * takes rows as they come, and is closed when the epoch ends.
 */
export class ForeachSink<Row, Given> implements Sink<Row> {
  readonly description = "ForeachSink";
  readonly takesDeletedRows: boolean;
  readonly #context: SinkContext<Row>;
  readonly #writer: ChangeWriter<Given>;
  readonly #settings: ForeachSettings<Row, Given>;
  readonly #partitionOf: (row: Row) => number;
  readonly #partitions: Written<Given>[][];
  /** Partitions whose writer was opened and not closed yet; whether it takes rows. */
  readonly #opened = new Map<number, boolean>();
  #batch = -1;

  constructor(context: SinkContext<Row>, writer: ChangeWriter<Given>, settings: ForeachSettings<Row, Given>) {
    this.#context = context;
    this.#writer = writer;
    this.#settings = settings;
    this.takesDeletedRows = settings.takesKinds;
    const { key, partitioning } = context;
    const isSpread = key !== undefined && partitioning !== undefined && partitioning.count > 1;
    this.#partitions = Array.from({ length: isSpread ? partitioning.count : 1 }, () => []);
    this.#partitionOf = isSpread ? byKey(context, key, partitioning.partitionOf) : () => 0;
  }

  begin(batch: BatchContext): boolean {
    this.#clear();
    this.#batch = batch.id;
    return true;
  }

  write(kind: RowKind, row: Row): void {
    if (kind === "-D" && !this.#settings.takesKinds) return;
    this.#partitions[this.#partitionOf(row)]?.push({ kind, row: this.#settings.give(row) });
  }

  async flush(): Promise<void> {
    for (const [partition, rows] of this.#partitions.entries()) if (rows.length > 0) await this.#writePartition(partition, rows, false);
    this.#clear();
  }

  async prepare(batch: BatchContext): Promise<readonly string[]> {
    this.#batch = batch.id;
    for (const [partition, rows] of this.#partitions.entries()) await this.#writePartition(partition, rows, true);
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

  /** An epoch that was cut off is closed with that as its error. */
  async close(): Promise<void> {
    const wasOpen = this.#opened.size > 0;
    this.#opened.clear();
    if (wasOpen) await failureOf(async () => this.#end(this.#writer.close?.(new Error("the query ended in the middle of the epoch"))));
  }

  /** `ends`: no more rows come in this batch. */
  async #writePartition(partition: number, rows: readonly Written<Given>[], ends: boolean): Promise<void> {
    const { host, queryName, signal } = this.#context;
    const place: WriterPlace = { query: queryName, batch: this.#batch, partition };
    signal?.throwIfAborted();
    let takes = this.#opened.get(partition);
    if (takes === undefined) {
      takes = await this.#open(place);
      host.fault("sink-writer.opened");
      if (!ends) this.#opened.set(partition, takes);
    }
    const failure = takes ? await this.#process(rows) : undefined;
    if (failure === undefined && !ends) return;
    this.#opened.delete(partition);
    host.fault("sink-writer.closing");
    const closing = await failureOf(async () => this.#end(this.#writer.close?.(failure === undefined ? undefined : thrownError(failure.error))));
    // What went wrong first is the error.
    if (failure !== undefined) throw this.#failed("process", place, failure.error);
    if (closing !== undefined) throw this.#failed("close", place, closing.error);
  }

  async #open(place: WriterPlace): Promise<boolean> {
    try {
      // A writer that keeps these pairs must not take one shard's for another's.
      const first = (this.#context.shard?.index ?? 0) * this.#partitions.length;
      return (await this.#end(this.#writer.open?.(first + place.partition, place.batch))) !== false;
    } catch (error) {
      throw this.#failed("open", place, error);
    }
  }

  /** What the first row threw that could not be written. */
  async #process(rows: readonly Written<Given>[]): Promise<{ readonly error: unknown } | undefined> {
    for (const { kind, row } of rows) {
      try {
        const written: unknown = this.#writer.process(row, kind);
        if (written !== undefined) await this.#end(written);
      } catch (error) {
        return { error };
      }
      this.#context.host.fault("sink-writer.processed");
    }
    return undefined;
  }

  /** What a method comes to, unless the query is interrupted before. */
  #end<T>(called: T | Promise<T>): Promise<T> {
    return interruptible(Promise.resolve(called), this.#context.signal);
  }

  #failed(method: "open" | "process" | "close", place: WriterPlace, error: unknown): unknown {
    const { signal } = this.#context;
    return signal?.aborted === true && error === signal.reason ? error : writerFailed(method, place, error);
  }

  #clear(): void {
    for (const rows of this.#partitions) rows.length = 0;
  }
}

/** The partition of a row by the JSON texts of its key. */
function byKey<Row>({ columns, encodeJson }: SinkContext<Row>, key: readonly string[], partitionOf: (key: Uint8Array) => number): (row: Row) => number {
  const text = new RowText(encodeJson);
  const encoder = new TextEncoder();
  const places = key.map((name) => columns.findIndex((column) => column.name === name));
  return (row) => {
    const cells = text.cells(row);
    return partitionOf(encoder.encode(places.map((at) => cells[at] ?? "null").join()));
  };
}
