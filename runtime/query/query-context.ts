import type { RowKind } from "../connectors/sink.ts";
import type { GroupSpec, Groups } from "../operators/groups.ts";
import type { FirstKeys } from "../operators/first-keys.ts";
import type { Lookup, LookupSpec } from "../operators/lookup.ts";
import type { RowLimit } from "../operators/row-limit.ts";
import type { SeenKeys, SeenKeysSpec } from "../operators/seen-keys.ts";
import type { SessionSpec, Sessions } from "../operators/sessions.ts";
import type { JoinColumns, JoinSideRow, StreamJoin, StreamJoinKind, TypedStreamJoinSpec } from "../operators/stream-join.ts";
import type { WatermarkLimits, WatermarkTracker } from "../time/watermark-tracker.ts";
import type { BatchContext } from "./batch-context.ts";
import type { ParamValues } from "./definition.ts";
import type { ColumnBatch } from "../formats/column-batch.ts";

/** Where a query's rows go. Rows belong to the output from the call on. */
export interface Output<Row> {
  insert(row: Row): void;
  write(kind: RowKind, row: Row): void;
}

/** Where rows go that a step sets aside. Rows belong to it from the call on. */
export interface SideOutputRows<Row> {
  insert(row: Row): void;
}

/** What a query is built with: its operators, and the batch that is running. Outputs are added by the kinds of queries. */
interface OperatorContext {
  readonly params: ParamValues;
  /** The running batch; read it within `process` and `finish` only. */
  readonly batch: BatchContext;
  /** A keyed state that is kept in the checkpoint. */
  groups<const Spec extends GroupSpec>(operatorId: string, spec: Spec): Groups<Spec>;
  /** A keyed state that lives for one batch: a second aggregation over a complete result, or one over a table. */
  scratchGroups<const Spec extends GroupSpec>(spec: Spec): Groups<Spec>;
  /** The keys that a batch has seen so far, to pass the first row of each. */
  firstKeys(spec: LookupSpec): FirstKeys;
  /** Rows of one side of a join by key. */
  lookup<Side>(spec: LookupSpec): Lookup<Side>;
  /** A join of two streams: the rows of both sides are kept in the checkpoint. */
  streamJoin<const Kind extends StreamJoinKind, const Left extends JoinColumns, const Right extends JoinColumns>(
    operatorId: string, spec: TypedStreamJoinSpec<Kind, Left, Right>,
  ): StreamJoin<JoinSideRow<Left>, JoinSideRow<Right>, Kind>;
  /** Session windows that are kept in the checkpoint, and such that live for one batch. */
  sessions<const Spec extends SessionSpec>(operatorId: string, spec: Spec): Sessions<Spec>;
  scratchSessions<const Spec extends SessionSpec>(spec: Spec): Sessions<Spec>;
  /** The keys that have come so far, kept in the checkpoint. */
  seenKeys(operatorId: string, spec: SeenKeysSpec): SeenKeys;
  /** Lets the first `count` rows through, counted over all batches. */
  limit(operatorId: string, count: number): RowLimit;
  /** Tracks the greatest event time; `delay` and those of the limits in microseconds. */
  watermark(operatorId: string, delay: number, limits?: WatermarkLimits): WatermarkTracker;
  /** Sets a row aside whose event time lies further ahead of the batch's clock than its watermark step allows: a malformed record (semantics 0.12). */
  futureRow(watermark: WatermarkTracker, time: number, batch: ColumnBatch<unknown>, row: number): void;
  /** A side output for rows that are late; it takes part in the query's batches. */
  sideOutput<Row>(name: string): SideOutputRows<Row>;
  /** How long a row at `time` (µs) came after the watermark of late rows, in microseconds: the query's, or that of an operator above a join of two streams. */
  lateBy(time: number, operatorId?: string): number;
  /** The error of an expression at a row, with the row's place in its source. */
  rowFailure(error: unknown, batch: ColumnBatch<unknown>, row: number): Error;
}

/** What a query of one sink is built with. */
export interface QueryContext<Row> extends OperatorContext {
  readonly output: Output<Row>;
}

/** What a query of several sinks is built with: an output for each, by the sink's name. */
export interface TogetherContext<Rows> extends OperatorContext {
  readonly outputs: { readonly [Name in keyof Rows]: Output<Rows[Name]> };
}

/** What the executor builds any query with. */
export interface ProgramContext extends OperatorContext {
  /** The only output, or the first of several. */
  readonly output: Output<never>;
  readonly outputs: Readonly<Record<string, Output<never>>>;
}
