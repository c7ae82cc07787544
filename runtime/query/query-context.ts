import type { Change, Weight } from "../changelog/change.ts";
import type { ChangingRows } from "../changelog/changing-rows.ts";
import type { RowKind } from "../connectors/sink.ts";
import type { ChangingJoin, TypedChangingJoinSpec } from "../operators/changing-join.ts";
import type { GroupView } from "../operators/groups.ts";
import type { LatestRows, LatestRowsSpec } from "../operators/latest-rows.ts";
import type { Columns, RowOf, Top, TopSpec } from "../operators/top.ts";
import type { GroupSpec, Groups } from "../operators/groups.ts";
import type { FirstKeys } from "../operators/first-keys.ts";
import type { Lookup, LookupSpec } from "../operators/lookup.ts";
import type { RowLimit } from "../operators/row-limit.ts";
import type { SeenKeys, SeenKeysSpec } from "../operators/seen-keys.ts";
import type { SessionSpec, Sessions } from "../operators/sessions.ts";
import type { JoinColumns, JoinSideRow, StreamJoin, StreamJoinKind, TypedStreamJoinSpec } from "../operators/stream-join.ts";
import type { GivenRow, GroupStates, GroupStateSpec, KeyedProcess, KeyedProcessSpec, UpdateState, UpdateStateSpec } from "../operators/user-state.ts";
import type { WatermarkLimits, WatermarkTracker } from "../time/watermark-tracker.ts";
import type { BatchContext } from "./batch-context.ts";
import type { ParamValues } from "./definition.ts";
import type { ColumnBatch } from "../formats/column-batch.ts";

/** Where a query's rows go. Rows belong to the output from the call on. */
export interface Output<Row> {
  insert(row: Row): void;
  write(kind: RowKind, row: Row): void;
  /** A change of the result. Those of a batch come to what is sent when the batch has run: by key `+I`, `+U`, `-D`, without a key whole rows. */
  change(weight: Weight, row: Row): void;
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
  /** A join whose result changes: over rows that may be taken back, or of a kind that takes its own back. */
  changingJoin<const Kind extends StreamJoinKind, const Left extends JoinColumns, const Right extends JoinColumns>(
    operatorId: string, spec: TypedChangingJoinSpec<Kind, Left, Right>,
  ): ChangingJoin<JoinSideRow<Left>, JoinSideRow<Right>, Kind>;
  /** The first rows of each key, over all batches. */
  top<const C extends Columns, By>(operatorId: string, spec: TopSpec<C, By>): Top<RowOf<C>, By>;
  /** The changes of a table's groups as rows: that of before and that of now. The last row of a group is kept with it; `columns` are those of a row. */
  groupRows<const Spec extends GroupSpec, const C extends Columns>(groups: Groups<Spec>, columns: C, rowOf: (groups: GroupView<Spec>, slot: number) => RowOf<C>): ChangingRows<Change<RowOf<C>>>;
  /** The newest row of each key of a changing stream. */
  latestRows<const C extends Columns>(operatorId: string, spec: LatestRowsSpec<C>): LatestRows<RowOf<C>>;
  /** Session windows that are kept in the checkpoint, and such that live for one batch. */
  sessions<const Spec extends SessionSpec>(operatorId: string, spec: Spec): Sessions<Spec>;
  scratchSessions<const Spec extends SessionSpec>(spec: Spec): Sessions<Spec>;
  /** The keys that have come so far, kept in the checkpoint. */
  seenKeys(operatorId: string, spec: SeenKeysSpec): SeenKeys;
  /** A user's function that makes the state of each key from its rows: a table that changes. */
  updateState<const Key extends Columns, Input, State, Row>(operatorId: string, spec: UpdateStateSpec<Key, Input, State, Row>): UpdateState<Input, State, Row>;
  /** A user's function that gives rows, with a state of each key. */
  groupState<const Key extends Columns, GivenKey, Input, State, Given>(operatorId: string, spec: GroupStateSpec<Key, GivenKey, Input, State, Given>): GroupStates<Input, State, GivenRow<Given>>;
  /** A user's function that gives rows, with named states and timers of each key. */
  keyedProcess<const Key extends Columns, GivenKey, Input, States, Given>(operatorId: string, spec: KeyedProcessSpec<Key, GivenKey, Input, States, Given>): KeyedProcess<Input, GivenRow<Given>>;
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
  /** The error of an expression at a row, with the row's place in its source. `functions`: the imported ones that the loop calls. */
  rowFailure(error: unknown, batch: ColumnBatch<unknown>, row: number, ...functions: readonly string[]): Error;
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
