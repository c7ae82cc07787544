import type { RowKind } from "../connectors/sink.ts";

/**
 * What `foreach(writer)` writes rows with (Spark: ForeachWriter). Per batch and partition: `open`, `process` for each row unless that gave
 * false, `close` in any case. Each may be async, and is waited for before the next. Where `open` fails there is nothing to close.
 */
export interface ForeachWriter<Row> {
  /** `version` is the batch's id: a batch that is run again has the same rows under the same pair. False: the rows are passed over. */
  open?(partitionId: number, version: number): boolean | void | Promise<boolean | void>;
  process(row: Row): void | Promise<void>;
  /** With the error that ended the partition, if one did. */
  close?(error?: Error): void | Promise<void>;
}

/** A writer that asks for the kinds of rows, and so is told of those that leave a result: `+I` of a new row, `+U` of one that takes the place of another of its key, `-D` of one that leaves. */
export interface ChangeWriter<Row> extends Pick<ForeachWriter<Row>, "open" | "close"> {
  process(row: Row, kind: RowKind): void | Promise<void>;
}

/** A writer, or a function that makes one when the query starts. */
export type WriterSource<Row> = ChangeWriter<Row> | (() => ChangeWriter<Row> | Promise<ChangeWriter<Row>>);

/** What `foreachBatch(f)` calls with all rows of a batch; at least once, with the same id and rows when the batch is run again. */
export type BatchWriter<Row> = (rows: readonly Row[], batchId: number) => void | Promise<void>;

/** The same with the kinds of the rows, in their order; it is told of rows that leave. */
export type ChangeBatchWriter<Row> = (rows: readonly Row[], batchId: number, kinds: readonly RowKind[]) => void | Promise<void>;

export type { RowKind } from "../connectors/sink.ts";
