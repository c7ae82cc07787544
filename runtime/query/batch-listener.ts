import type { BatchContext } from "./batch-context.ts";
import type { RowListener } from "./query-output.ts";

/** What is said of a batch when its rows are out and its sinks are prepared. */
export interface BatchEnd {
  readonly batch: BatchContext;
  /** Milliseconds: the watermark that the batch ran with; null where the query has none. */
  readonly watermark: number | null;
  readonly inputRows: number;
  readonly outputRows: number;
  readonly late: number;
  readonly malformed: number;
}

/** Follows a query batch by batch (capture, tests). `end` is called before the sinks commit: what it writes is durable by then. */
export interface BatchListener<Row> extends RowListener<Row> {
  begin(batch: BatchContext): void;
  end(end: BatchEnd): void;
}
