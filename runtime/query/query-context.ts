import type { RowKind } from "../connectors/sink.ts";
import type { GroupSpec, Groups } from "../operators/groups.ts";
import type { Lookup, LookupSpec } from "../operators/lookup.ts";
import type { WatermarkTracker } from "../time/watermark-tracker.ts";
import type { BatchContext } from "./batch-context.ts";
import type { ParamValues } from "./definition.ts";
import type { ColumnBatch } from "../formats/column-batch.ts";

/** Where a query's rows go. Rows belong to the output from the call on. */
export interface Output<Row> {
  insert(row: Row): void;
  write(kind: RowKind, row: Row): void;
}

/** What a query is built with: its operators, its output, and the batch that is running. */
export interface QueryContext<Row> {
  readonly params: ParamValues;
  readonly output: Output<Row>;
  /** The running batch; read it within `process` and `finish` only. */
  readonly batch: BatchContext;
  /** A keyed state that is kept in the checkpoint. */
  groups<Spec extends GroupSpec>(operatorId: string, spec: Spec): Groups<Spec>;
  /** A keyed state that lives for one batch: a second aggregation over a complete result, or one over a table. */
  scratchGroups<Spec extends GroupSpec>(spec: Spec): Groups<Spec>;
  /** Rows of a table by key, for a join. */
  lookup<Side>(spec: LookupSpec): Lookup<Side>;
  /** Tracks the greatest event time; `delay` in microseconds. */
  watermark(operatorId: string, delay: number): WatermarkTracker;
  /** The error of an expression at a row, with the row's place in its source. */
  rowFailure(error: unknown, batch: ColumnBatch<unknown>, row: number): Error;
}
