import { createFirstKeys, type FirstKeys } from "../operators/first-keys.ts";
import type { Lookup, LookupSpec } from "../operators/lookup.ts";
import { createLookup } from "../operators/lookup-table.ts";
import type { GroupSpec, Groups } from "../operators/groups.ts";
import { createGroups, createScratchGroups } from "../operators/groups-table.ts";
import type { KeptOperator, StateCodec } from "../operators/stateful.ts";
import { WatermarkTracker } from "../time/watermark-tracker.ts";
import type { ColumnBatch } from "../formats/column-batch.ts";
import type { BatchContext } from "./batch-context.ts";
import type { ParamValues } from "./definition.ts";
import type { EventClock } from "./event-clock.ts";
import type { Output, ProgramContext } from "./query-context.ts";
import type { QueryOutputs } from "./query-outputs.ts";
import { rowFailure } from "./row-failure.ts";

/** Builds and holds the operators of one query: the context that emitted code is built with. */
export class OperatorRegistry implements ProgramContext {
  readonly params: ParamValues;
  readonly output: Output<never>;
  readonly outputs: Readonly<Record<string, Output<never>>>;
  readonly stateful: KeptOperator[] = [];
  readonly #queryName: string;
  readonly #codec: StateCodec;
  readonly #clock: EventClock;
  #batch: BatchContext;

  constructor(queryName: string, params: ParamValues, outputs: QueryOutputs<never>, codec: StateCodec, clock: EventClock, first: BatchContext) {
    this.#queryName = queryName;
    this.params = params;
    this.output = outputs.first;
    this.outputs = outputs.byName;
    this.#codec = codec;
    this.#clock = clock;
    this.#batch = first;
  }

  get batch(): BatchContext {
    return this.#batch;
  }

  beginBatch(batch: BatchContext): void {
    this.#batch = batch;
    for (const operator of this.stateful) operator.beginBatch();
  }

  groups<Spec extends GroupSpec>(operatorId: string, spec: Spec): Groups<Spec> {
    const { groups, state } = createGroups(operatorId, spec, this.#codec);
    this.stateful.push(state);
    return groups;
  }

  scratchGroups<Spec extends GroupSpec>(spec: Spec): Groups<Spec> {
    return createScratchGroups(spec);
  }

  firstKeys(spec: LookupSpec): FirstKeys {
    return createFirstKeys(spec);
  }

  lookup<Side>(spec: LookupSpec): Lookup<Side> {
    return createLookup<Side>(spec);
  }

  watermark(operatorId: string, delay: number): WatermarkTracker {
    const tracker = new WatermarkTracker(operatorId, delay);
    this.#clock.add(tracker);
    return tracker;
  }

  rowFailure(error: unknown, batch: ColumnBatch<unknown>, row: number): Error {
    return rowFailure(this.#queryName, error, batch, row);
  }
}
