/** A `limit` over rows that keep coming: one count over all batches and restarts (Spark: StreamingGlobalLimitExec; semantics L1). */
export interface RowLimit {
  /** Whether one more row is let through. */
  takes(): boolean;
}
