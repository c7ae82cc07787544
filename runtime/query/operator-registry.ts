import type { Change } from "../changelog/change.ts";
import type { ChangingRows } from "../changelog/changing-rows.ts";
import type { ColumnBatch } from "../formats/column-batch.ts";
import type { ChangingJoin, TypedChangingJoinSpec } from "../operators/changing-join.ts";
import { createChangingJoin } from "../operators/changing-join-table.ts";
import { createFirstKeys, type FirstKeys } from "../operators/first-keys.ts";
import type { GroupSpec, Groups, GroupView } from "../operators/groups.ts";
import { createGroupRows, createGroups, createScratchGroups } from "../operators/groups-table.ts";
import type { Lookup, LookupSpec } from "../operators/lookup.ts";
import type { OperatorPlace } from "../operators/operator-place.ts";
import { createLookup } from "../operators/lookup-table.ts";
import type { RowLimit } from "../operators/row-limit.ts";
import { createRowLimit } from "../operators/row-limit-counter.ts";
import type { SeenKeys, SeenKeysSpec } from "../operators/seen-keys.ts";
import { createSeenKeys } from "../operators/seen-keys-table.ts";
import type { Sessions, SessionSpec } from "../operators/sessions.ts";
import { createScratchSessions, createSessions } from "../operators/sessions-table.ts";
import type { KeptOperator, StateCodec } from "../operators/stateful.ts";
import type { JoinColumns, JoinSideRow, StreamJoin, StreamJoinKind, TypedStreamJoinSpec } from "../operators/stream-join.ts";
import { createStreamJoin } from "../operators/stream-join-table.ts";
import type { LatestRows, LatestRowsSpec } from "../operators/latest-rows.ts";
import { createLatestRows } from "../operators/latest-rows-table.ts";
import type { Columns, RowOf, Top, TopSpec } from "../operators/top.ts";
import { createTop } from "../operators/top-table.ts";
import type { GivenRow, GroupStates, GroupStateSpec, KeyedProcess, KeyedProcessSpec, UpdateState, UpdateStateSpec } from "../operators/user-state.ts";
import { createGroupState } from "../operators/user-state-group.ts";
import { createKeyedProcess } from "../operators/user-state-process.ts";
import { createUpdateState } from "../operators/user-state-update.ts";
import { durationText } from "../time/duration-text.ts";
import { formatIsoMilliseconds } from "../time/iso-milliseconds.ts";
import { WatermarkTracker, type WatermarkLimits } from "../time/watermark-tracker.ts";
import type { BatchContext } from "./batch-context.ts";
import type { ParamValues } from "./definition.ts";
import type { EventClock } from "./event-clock.ts";
import { takeCounts, type OperatorCounts } from "./operator-counts.ts";
import { OperatorWatermarks } from "./operator-watermarks.ts";
import type { Output, ProgramContext, SideOutputRows } from "./query-context.ts";
import type { QueryOutputs } from "./query-outputs.ts";
import { rowFailure } from "./row-failure.ts";
import type { SideOutputs } from "./side-outputs.ts";

interface RegistryParts {
  readonly queryName: string;
  readonly params: ParamValues;
  readonly outputs: Pick<QueryOutputs<never>, "first" | "byName">;
  readonly sides: Pick<SideOutputs, "rows" | "takeMalformed" | "useForMalformed">;
  readonly codec: StateCodec;
  readonly clock: Pick<EventClock, "add" | "beginBatch">;
  /** Counts a row that a step finds malformed. */
  onMalformed(): void;
}

/** Builds and holds the operators of one query: the context that emitted code is built with. */
export class OperatorRegistry implements ProgramContext {
  readonly params: ParamValues;
  readonly output: Output<never>;
  readonly outputs: Readonly<Record<string, Output<never>>>;
  readonly stateful: KeptOperator[] = [];
  readonly #unkept: KeptOperator[] = [];
  readonly #parts: RegistryParts;
  readonly #watermarks = new OperatorWatermarks();
  #batch: BatchContext = { id: 0, lateWatermark: 0, evictWatermark: 0, timestamp: 0, incarnation: 0, attempt: 1 };

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.params = parts.params;
    this.output = parts.outputs.first;
    this.outputs = parts.outputs.byName;
  }

  get batch(): BatchContext {
    return this.#batch;
  }

  /** `isRebuilding`: the batch was run before a restart, and its result is only shown again. */
  beginBatch(batch: BatchContext, isRebuilding: boolean): void {
    this.#batch = batch;
    const { lateWatermark, evictWatermark, timestamp } = batch;
    this.#parts.clock.beginBatch(timestamp);
    for (const operator of this.#unkept) operator.beginBatch({ lateWatermark: -Infinity, evictWatermark: 0, timestamp, isRebuilding: false });
    for (const operator of this.stateful) {
      const own = (watermark: number): number => this.#watermarks.of(operator.descriptor.operatorId, watermark);
      operator.beginBatch({ lateWatermark: own(lateWatermark), evictWatermark: own(evictWatermark), timestamp, isRebuilding });
    }
  }

  /** Whether a batch without data is due for some operator once the query's watermark is `watermark` and the clock `now` (ms). */
  wantsNoDataBatch(watermark: number, now: number): boolean {
    return this.stateful.some((operator) => operator.wantsNoDataBatch(this.#watermarks.of(operator.descriptor.operatorId, watermark), now));
  }

  /** Whether the state is made of tables that have been read. */
  get keepsTables(): boolean {
    return this.stateful.some(({ keepsTable }) => keepsTable === true);
  }

  /** The operators give back the state that the batch has closed. */
  evict(): void {
    for (const operator of this.stateful) operator.evict();
  }

  /** What the operators did since this was last asked. */
  takeCounts(): readonly OperatorCounts[] {
    return this.stateful.map(takeCounts);
  }

  groups<const Spec extends GroupSpec>(operatorId: string, spec: Spec): Groups<Spec> {
    const { groups, state } = createGroups(operatorId, spec, this.#parts.codec);
    this.#keep(state, spec);
    return groups;
  }

  groupRows<const Spec extends GroupSpec, const C extends Columns>(groups: Groups<Spec>, columns: C, rowOf: (groups: GroupView<Spec>, slot: number) => RowOf<C>): ChangingRows<Change<RowOf<C>>> {
    return createGroupRows(groups, columns, rowOf);
  }

  scratchGroups<const Spec extends GroupSpec>(spec: Spec): Groups<Spec> {
    return createScratchGroups(spec);
  }

  sessions<const Spec extends SessionSpec>(operatorId: string, spec: Spec): Sessions<Spec> {
    const { sessions, state } = createSessions(operatorId, spec, this.#parts.codec);
    this.#keep(state, spec);
    return sessions;
  }

  scratchSessions<const Spec extends SessionSpec>(spec: Spec): Sessions<Spec> {
    return createScratchSessions(spec);
  }

  seenKeys(operatorId: string, spec: SeenKeysSpec): SeenKeys {
    const { seen, state } = createSeenKeys(operatorId, spec, this.#parts.codec);
    this.#keep(state, spec);
    return seen;
  }

  updateState<const Key extends Columns, Input, State, Row>(operatorId: string, spec: UpdateStateSpec<Key, Input, State, Row>): UpdateState<Input, State, Row> {
    const { states, kept } = createUpdateState(operatorId, spec, this.#parts.codec);
    this.#keepState(kept, spec);
    return states;
  }

  groupState<const Key extends Columns, GivenKey, Input, State, Given>(operatorId: string, spec: GroupStateSpec<Key, GivenKey, Input, State, Given>): GroupStates<Input, State, GivenRow<Given>> {
    const { states, kept } = createGroupState(operatorId, spec, this.#parts.codec);
    this.#keepState(kept, spec);
    return states;
  }

  keyedProcess<const Key extends Columns, GivenKey, Input, States, Given>(operatorId: string, spec: KeyedProcessSpec<Key, GivenKey, Input, States, Given>): KeyedProcess<Input, GivenRow<Given>> {
    const { process, kept } = createKeyedProcess(operatorId, spec, this.#parts.codec);
    this.#keepState(kept, spec);
    return process;
  }

  limit(operatorId: string, count: number): RowLimit {
    const { limit, state } = createRowLimit(operatorId, count, this.#parts.codec);
    this.#keep(state, {});
    return limit;
  }

  streamJoin<const Kind extends StreamJoinKind, const Left extends JoinColumns, const Right extends JoinColumns>(
    operatorId: string, spec: TypedStreamJoinSpec<Kind, Left, Right>,
  ): StreamJoin<JoinSideRow<Left>, JoinSideRow<Right>, Kind> {
    const { join, state } = createStreamJoin(operatorId, spec, this.#parts.codec);
    this.#keep(state, spec);
    // A join of this kind gives null only for the sides that may be missing.
    return join as StreamJoin<JoinSideRow<Left>, JoinSideRow<Right>, Kind>;
  }

  changingJoin<const Kind extends StreamJoinKind, const Left extends JoinColumns, const Right extends JoinColumns>(
    operatorId: string, spec: TypedChangingJoinSpec<Kind, Left, Right>,
  ): ChangingJoin<JoinSideRow<Left>, JoinSideRow<Right>, Kind> {
    const { join, state } = createChangingJoin(operatorId, spec, this.#parts.codec);
    this.#keep(state, spec);
    // A join of this kind gives null only for the sides that may be missing.
    return join as ChangingJoin<JoinSideRow<Left>, JoinSideRow<Right>, Kind>;
  }

  top<const C extends Columns, By>(operatorId: string, spec: TopSpec<C, By>): Top<RowOf<C>, By> {
    const { top, state } = createTop(operatorId, spec, this.#parts.codec);
    this.#keep(state, spec);
    return top;
  }

  latestRows<const C extends Columns>(operatorId: string, spec: LatestRowsSpec<C>): LatestRows<RowOf<C>> {
    const { latest, state } = createLatestRows(operatorId, spec, this.#parts.codec);
    this.#keep(state, spec);
    return latest;
  }

  firstKeys(spec: LookupSpec): FirstKeys {
    return createFirstKeys(spec);
  }

  lookup<Side>(spec: LookupSpec): Lookup<Side> {
    return createLookup<Side>(spec);
  }

  watermark(operatorId: string, delay: number, limits: WatermarkLimits = {}): WatermarkTracker {
    const tracker = new WatermarkTracker(operatorId, delay, limits);
    this.#parts.clock.add(tracker);
    const into = limits.future?.into;
    if (into !== undefined) this.#parts.sides.useForMalformed(into);
    return tracker;
  }

  futureRow({ limits: { future } }: WatermarkTracker, time: number, batch: ColumnBatch<unknown>, row: number): void {
    this.#parts.onMalformed();
    if (future?.into === undefined) return;
    const { timestamp } = this.#batch;
    const error = `the event time ${formatIsoMilliseconds(time / 1000)} lies ${durationText(time - timestamp)} ahead of the batch's clock, more than ${durationText(future.after)}`;
    this.#parts.sides.takeMalformed(future.into, batch.refused(row, error), timestamp);
  }

  sideOutput<Row>(name: string): SideOutputRows<Row> {
    return this.#parts.sides.rows<Row>(name);
  }

  lateBy(time: number, operatorId?: string): number {
    const { lateWatermark } = this.#batch;
    return (operatorId === undefined ? lateWatermark : this.#watermarks.of(operatorId, lateWatermark)) * 1000 - time;
  }

  rowFailure(error: unknown, batch: ColumnBatch<unknown>, row: number, ...functions: readonly string[]): Error {
    return rowFailure(this.#parts.queryName, error, batch, row, functions);
  }

  /** A user's state over a table begins each batch, and is no part of the checkpoint. */
  #keepState(operator: KeptOperator, spec: OperatorPlace & { readonly kept?: false }): void {
    if (spec.kept === false) this.#unkept.push(operator);
    else this.#keep(operator, spec);
  }

  #keep(operator: KeptOperator, { above = [] }: OperatorPlace): void {
    this.stateful.push(operator);
    this.#watermarks.add(operator, above);
  }
}
