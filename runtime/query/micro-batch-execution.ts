import type { OffsetsEntry, OffsetsByRead } from "../checkpoint/log-entries.ts";
import type { Recovery } from "../checkpoint/recovery.ts";
import type { Offset, StreamSource, TableSource } from "../connectors/source.ts";
import { sinkAhead } from "../errors/checkpoint-error.ts";
import { crc32c } from "../checkpoint/crc32c.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Host } from "../host/host.ts";
import type { KeptOperator } from "../operators/stateful.ts";
import type { StateVersion } from "../state/state-version.ts";
import { TriggerWait } from "../trigger/trigger-wait.ts";
import type { BatchContext } from "./batch-context.ts";
import type { BatchListener } from "./batch-listener.ts";
import type { JobSettings, OutputDefinition, ParamValues, QueryDefinition, QueryProgram, TriggerDefinition } from "./definition.ts";
import { EventClock } from "./event-clock.ts";
import { failureOf, type Failure } from "./failure-of.ts";
import { openSources, ownersOf, type ConnectorServices, type OpenedRead } from "./open-sources.ts";
import { OperatorRegistry } from "./operator-registry.ts";
import { IdleWatch } from "./idle-watch.ts";
import { ProgressMeter, type BatchFacts } from "./progress-meter.ts";
import type { QueryProgress, StateOperatorProgress } from "./progress.ts";
import { QueryOutputs } from "./query-outputs.ts";
import type { QueryStore } from "./query-store.ts";
import { ReadRunner } from "./read-runner.ts";
import { resultFailure } from "./row-failure.ts";
import type { RunMode } from "./run-mode.ts";
import { SideOutputs } from "./side-outputs.ts";
import { sinkContext } from "./sink-context.ts";

export interface ExecutionOptions {
  readonly definition: QueryDefinition<never>;
  readonly settings: JobSettings;
  readonly params: ParamValues;
  readonly host: Host;
  readonly store: QueryStore;
  readonly runId: string;
  readonly mode: RunMode;
  readonly services: ConnectorServices;
  /** Follows the rows of one of the query's sinks. */
  listenerOf(output: OutputDefinition<never>): BatchListener<never> | undefined;
  onProgress(progress: QueryProgress): void;
  /** There has been nothing to do for a while; `isRepeated` where that is said again since the last batch or start. */
  onIdle(progress: QueryProgress, isRepeated: boolean): void;
  onStatus(message: string, isTriggerActive: boolean, isDataAvailable: boolean): void;
  warn(message: string): void;
}

/** What a batch is planned to read, and from where. */
interface Plan {
  readonly entry: OffsetsEntry;
  readonly attempt: number;
}

/**
 * Runs one query in micro-batches (Spark: MicroBatchExecution). A batch is: the newest offsets, `offsets/N`, the reads, the
 * state's next version, the sinks' prepare and commit, the watermark, `commits/N`. Whatever was cut off is run again first,
 * with the very offsets, watermarks and timestamp that it had.
 */
export class MicroBatchExecution {
  readonly #options: ExecutionOptions;
  readonly #clock: EventClock;
  readonly #meter: ProgressMeter;
  readonly #abort = new AbortController();
  readonly #stop = new AbortController();
  readonly #waiting: TriggerWait;
  readonly #idleWatch: IdleWatch;
  readonly #idle: ((isIdle: boolean) => void)[] = [];
  #stopping = false;
  #reads: readonly OpenedRead[] = [];
  #runners: readonly ReadRunner[] = [];
  #tables = new Map<string, string>();
  #outputs!: QueryOutputs<never>;
  #sides!: SideOutputs;
  #registry!: OperatorRegistry;
  #program!: QueryProgram;
  /** The reads whose malformed records the running batch sends to side outputs. */
  #routed: ReadonlySet<string> = new Set();
  #nextBatch = 0;
  #start: OffsetsByRead = {};
  #lateWatermark = 0;
  #base!: StateVersion;
  #ended = false;
  #drained = false;
  #sinkFiles: readonly string[] = [];

  constructor(options: ExecutionOptions) {
    this.#options = options;
    this.#waiting = new TriggerWait(options.host);
    this.#idleWatch = new IdleWatch(options.host.clock);
    this.#clock = new EventClock(options.settings.watermarkPolicy);
    this.#meter = new ProgressMeter(options.host.clock, { id: options.store.id, runId: options.runId, name: options.definition.name });
  }

  /** Finishes the running batch, then ends. */
  stop(): void {
    this.#stopping = true;
    this.#stop.abort();
    this.#waiting.stop();
  }

  /** Ends at the next chunk; the batch is run again when the query is started with its checkpoint. */
  interrupt(): void {
    this.stop();
    this.#abort.abort(new SluiceRuntimeError({ code: "R7605", what: "the query was interrupted in the middle of a batch", how: "start it again with its checkpoint: the batch is run again" }));
  }

  /** Resolves with true once everything that the sources had at the call is processed, with false where the query ends before. */
  processAllAvailable(): Promise<boolean> {
    if (this.#ended) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#idle.push(resolve);
      this.#waiting.wakeUp();
    });
  }

  /** Runs until the trigger is done, the query is stopped, or it fails. */
  async run(): Promise<void> {
    const failure = await failureOf(async () => {
      await this.#open();
      await this.#loop();
    });
    this.#ended = true;
    for (const resolve of this.#idle.splice(0)) resolve(false);
    const closing = await this.#close();
    if (failure === undefined) {
      if (closing !== undefined) throw closing.error;
      return;
    }
    if (this.#abort.signal.aborted && isAbort(failure.error, this.#abort.signal)) throw this.#abort.signal.reason;
    throw resultFailure(this.#options.definition.name, failure.error);
  }

  get #bounded(): boolean {
    return this.#options.mode === "batch" || Object.values(this.#options.definition.reads).every((read) => read.bounded);
  }

  async #open(): Promise<void> {
    const { definition, host, params, services, store, warn } = this.#options;
    const recovery = store.recover();
    this.#outputs = await QueryOutputs.open(
      definition.outputs,
      (output) => output.sink(params).open(sinkContext(output, this.#options, this.#bounded)),
      (output) => this.#options.listenerOf(output),
    );
    this.#sides = await SideOutputs.open(definition, services, { host, checkpointId: store.durable ? store.id : undefined, bounded: this.#options.mode === "batch", params, warn });
    const last = recovery.kind === "replay" ? recovery.entry : recovery.previous;
    const policy = last?.settings["watermarkPolicy"];
    if (policy === "min" || policy === "max") this.#clock.keepPolicy(policy);
    this.#registry = new OperatorRegistry(definition.name, params, this.#outputs, store.codec, this.#clock, contextOf(recovery, store.incarnation));
    this.#program = definition.build(this.#registry);
    this.#reads = await openSources(definition, this.#options, this.#bounded, { interrupted: this.#abort.signal, stopping: this.#stop.signal });
    this.#runners = this.#reads.map(
      ({ name, definition: read }) =>
        new ReadRunner(definition.name, name, read, this.#program, host, (row) => {
          if (this.#routed.has(name)) this.#sides.take(read, row, this.#registry.batch.timestamp);
        }),
    );
    store.loadState(recovery.base, this.#registry.stateful);
    this.#clock.restore(recovery.evictWatermark, recovery.inputWatermarks);
    this.#base = recovery.base;
    this.#start = recovery.start;
    this.#nextBatch = recovery.batchId;
    this.#lateWatermark = recovery.lateWatermark;
    this.#drained = recovery.kind === "new batch" && recovery.drained;
    if (recovery.batchId > 0) await this.#showRestored(recovery.batchId - 1);
    if (recovery.kind === "replay") await this.#runBatch({ entry: recovery.entry, attempt: recovery.attempt });
    if (this.#drained && this.#options.mode !== "drain") {
      warn(`the checkpoint of ${definition.name} was drained: it takes no more input`);
    }
  }

  /** Rebuilds what memory sinks held, from state and tables: the rows are those of the last batch, and nobody else hears of them. */
  async #showRestored(batchId: number): Promise<void> {
    if (!this.#outputs.rebuilds) return;
    const batch = { ...this.#registry.batch, id: batchId, incarnation: this.#options.store.incarnation };
    this.#routed = new Set();
    this.#registry.beginBatch(batch);
    for (const operator of this.#registry.stateful) operator.touchAll();
    await this.#outputs.rebuild(batch, async () => {
      await this.#runReads(nothing, this.#fingerprints());
      this.#program.finish?.();
    });
    for (const operator of this.#registry.stateful) operator.beginBatch();
  }

  async #loop(): Promise<void> {
    const { definition, mode, params, host } = this.#options;
    if (this.#bounded) {
      if (this.#nextBatch === 0) await this.#runBounded();
      return;
    }
    const trigger: TriggerDefinition = mode === "declared" ? definition.trigger(params) : { kind: mode === "once" ? "once" : "available now" };
    const runsOnce = trigger.kind === "once";
    // A batch that was cut off and has just been run again is the one batch of `once` (semantics T3).
    if (runsOnce && this.#meter.batches > 0) return;
    if (trigger.kind === "available now") for (const { stream } of ownersOf(this.#reads)) await stream?.freezeEnd();
    while (!this.#stopping) {
      const waiting = this.#idle.length;
      const began = host.clock.now();
      this.#meter.beginTrigger();
      const plan = await this.#plan(runsOnce);
      if (plan !== undefined) {
        await this.#runBatch(plan);
        if (runsOnce) return;
        if (trigger.kind === "every") this.#options.onStatus("Waiting for next trigger", false, true);
      } else {
        this.#reportIdle();
        for (const resolve of this.#idle.splice(0, waiting)) resolve(true);
        if (runsOnce || trigger.kind === "available now") break;
        this.#options.onStatus(trigger.kind === "every" ? "Waiting for next trigger" : "Waiting for data to arrive", false, false);
      }
      if (!this.#stopping) await this.#pause(trigger, began, plan !== undefined);
    }
    if (mode === "drain" && !this.#stopping && !this.#drained) await this.#drain();
  }

  /** Waits for the trigger's next turn, for data, or for someone to wake the query up. */
  async #pause(trigger: TriggerDefinition, began: number, ranBatch: boolean): Promise<void> {
    if (this.#idle.length > 0) return;
    if (trigger.kind === "every") {
      const late = await this.#waiting.forTick(began, trigger.interval / 1000);
      if (ranBatch && late > 0) this.#options.warn(`a batch of ${this.#options.definition.name} took ${late} ms, longer than its trigger's interval of ${trigger.interval / 1000} ms`);
    } else if (ranBatch) {
      await this.#options.host.timers.yield();
    } else {
      await this.#waiting.forData(ownersOf(this.#reads).flatMap(({ stream }) => (stream === undefined ? [] : [stream])), this.#idleWatch.left());
    }
  }

  /** Asks the sources for something new; undefined where there is nothing. */
  async #plan(ignoreLimits: boolean): Promise<Plan | undefined> {
    const { host } = this.#options;
    this.#options.onStatus("Getting offsets", true, false);
    const id = this.#nextBatch;
    const offsets: Record<string, Offset | null> = {};
    let isNew = false;
    await this.#meter.time("latestOffset", async () => {
      for (const { name, stream, table } of ownersOf(this.#reads)) {
        if (table !== undefined) offsets[name] = tableOffset(table);
        if (stream === undefined) continue;
        const from = this.#start[name] ?? undefined;
        const to = await stream.latest(from, id, ignoreLimits);
        offsets[name] = to ?? null;
        if (to !== undefined && to !== from) isNew = true;
      }
    });
    if (!isNew) return undefined;
    host.fault("batch.planned");
    return { entry: this.#entry(offsets, host.clock.now(), this.#clock.watermark), attempt: 1 };
  }

  #entry(offsets: OffsetsByRead, timestampMs: number, evictWatermark: number, isEnd: boolean = false): OffsetsEntry {
    const { statePartitions } = this.#options.settings;
    return {
      batchId: this.#nextBatch,
      start: this.#start,
      offsets,
      timestampMs,
      lateWatermark: this.#lateWatermark,
      evictWatermark,
      inputWatermarks: this.#clock.inputs,
      settings: { statePartitions, watermarkPolicy: this.#clock.policy, ...(isEnd ? { end: true } : {}) },
      base: this.#base,
    };
  }

  async #runBatch({ entry, attempt }: Plan): Promise<void> {
    const { store } = this.#options;
    // Kept in the entry, so that an end that was cut off is the end again.
    const isEnd = entry.settings["end"] === true;
    this.#options.onStatus("Processing new data", true, true);
    if (attempt === 1) this.#meter.timeSync("walCommit", () => store.writeOffsets(entry));
    const batch: BatchContext = {
      id: entry.batchId,
      lateWatermark: entry.lateWatermark,
      evictWatermark: entry.evictWatermark,
      timestamp: entry.timestampMs * 1000,
      incarnation: store.incarnation,
      attempt,
    };
    this.#meter.beginBatch();
    // A table's malformed records are sent once for each content that it has, a stream's as they come.
    this.#routed = this.#firstReads(({ name, table }) => table === undefined || entry.offsets[name] !== (entry.start[name] ?? undefined));
    await this.#execute(batch, (read) => this.#chunksOf(read, entry));
    const statistics = this.#clock.statistics;
    this.#clock.endBatch();
    if (isEnd) this.#clock.end();
    const state = this.#meter.commitState(() => store.commitState(entry.batchId));
    await this.#meter.time("addBatch", () => this.#commitSinks(batch));
    this.#meter.timeSync("commitOffsets", () =>
      store.writeCommits({
        batchId: entry.batchId,
        watermark: this.#clock.watermark,
        inputWatermarks: this.#clock.inputs,
        state,
        sinkFiles: this.#sinkFiles,
        ...(isEnd ? { drained: true as const } : {}),
      }),
    );
    for (const { name, stream } of ownersOf(this.#reads)) {
      const to = entry.offsets[name];
      if (stream !== undefined && to !== undefined && to !== null) stream.commit(to, entry.batchId);
    }
    this.#base = state;
    this.#start = { ...this.#start, ...entry.offsets };
    this.#lateWatermark = entry.evictWatermark;
    this.#nextBatch = entry.batchId + 1;
    this.#drained = isEnd;
    this.#report(entry, statistics);
    this.#options.host.fault("batch.ended");
  }

  /** The batch's reads in the program's order, then what the stateful operators give. */
  async #execute(batch: BatchContext, chunks: (read: OpenedRead) => ReturnType<StreamSource["read"]>): Promise<void> {
    const ahead = this.#meter.timeSync("queryPlanning", () => {
      this.#registry.beginBatch(batch);
      return [...this.#outputs.begin(batch), ...this.#sides.begin(batch)];
    });
    if (batch.attempt === 1 && this.#options.store.durable && ahead[0] !== undefined) throw sinkAhead(batch.id, ahead[0]);
    this.#outputs.announce(batch);
    const tables = this.#meter.timeSync("getBatch", () => this.#fingerprints());
    await this.#meter.time("addBatch", async () => {
      await this.#runReads(chunks, tables);
      this.#options.host.fault("batch.rows-read");
      this.#program.finish?.();
    });
  }

  /** Names of the reads that meet a condition; of several reads of one input the first only. */
  #firstReads(meets: (read: OpenedRead) => boolean): ReadonlySet<string> {
    const isFirst = (read: OpenedRead): boolean => this.#reads.find(({ definition }) => definition.input === read.definition.input) === read;
    return new Set(this.#reads.filter((read) => isFirst(read) && meets(read)).map(({ name }) => name));
  }

  /** The reads in the program's order, each with what runs it. */
  #inOrder(): readonly { readonly runner: ReadRunner; readonly read: OpenedRead }[] {
    return this.#runners.flatMap((runner) => this.#reads.filter(({ name }) => name === runner.name).map((read) => ({ runner, read })));
  }

  /**
   * The reads in the program's order. Tables are read again only when the files of one of them changed, and then all of them,
   * because what is made of one may stand on another; a query over tables alone reads each once.
   */
  async #runReads(chunks: (read: OpenedRead) => ReturnType<StreamSource["read"]>, tables: Map<string, string>): Promise<void> {
    const changed = [...tables].some(([name, fingerprint]) => this.#tables.get(name) !== fingerprint);
    for (const { runner, read } of this.#inOrder()) {
      if (read.table === undefined) this.#meter.addRead(read.offsets, await runner.run(chunks(read), this.#abort.signal));
      else if (changed) await this.#runTable(runner, read.name, read.table);
    }
    this.#tables = tables;
  }

  /** Of the tables, by read. */
  #fingerprints(): Map<string, string> {
    return new Map(this.#reads.flatMap(({ name, table }) => (table === undefined ? [] : [[name, table.fingerprint()]])));
  }

  async #runTable(runner: ReadRunner, name: string, table: TableSource): Promise<void> {
    const counts = await runner.run(table.read(), this.#abort.signal);
    // Rows of a table count where it is what the query reads, not where it is the side of a join (as in Spark).
    if (this.#bounded) this.#meter.addRead(name, counts);
    else this.#meter.addMalformed(counts.malformed);
  }

  #chunksOf(read: OpenedRead, entry: OffsetsEntry): ReturnType<StreamSource["read"]> {
    const to = entry.offsets[read.offsets] ?? undefined;
    const from = entry.start[read.offsets] ?? undefined;
    if (read.stream === undefined || to === undefined || to === from) return nothing();
    return read.stream.read(from, to);
  }

  async #commitSinks(batch: BatchContext): Promise<void> {
    const { host } = this.#options;
    host.fault("sinks.before-prepare");
    this.#sinkFiles = [...(await this.#outputs.prepare(batch)), ...(await this.#sides.prepare(batch))];
    host.fault("sinks.prepared");
    this.#options.store.ensureCurrent();
    const counts = this.#meter.counts;
    this.#outputs.conclude({ batch, watermark: this.#clock.exists ? batch.evictWatermark : null, inputRows: counts.rows, late: 0, malformed: counts.malformed });
    await this.#outputs.commit(batch);
    await this.#sides.commit(batch);
    host.fault("sinks.committed");
  }

  #report(entry: OffsetsEntry, statistics: BatchFacts["statistics"]): void {
    const facts = this.#facts(entry.start, entry.offsets, entry.evictWatermark, statistics);
    this.#idleWatch.ran();
    this.#options.onProgress(this.#meter.progress({ ...facts, batchId: entry.batchId, sinks: this.#outputs.counts }));
  }

  /** Tells at most every ten seconds that there was nothing to do: the next batch's id, and nothing counted. */
  #reportIdle(): void {
    const due = this.#idleWatch.due();
    if (due === undefined) return;
    // What a sink takes is not known before it has taken a batch.
    const sinks = this.#outputs.counts.map((sink) => ({ ...sink, numOutputRows: this.#meter.batches === 0 ? -1 : 0 }));
    const facts = this.#facts(this.#start, this.#start, this.#clock.watermark, undefined);
    this.#options.onIdle(this.#meter.idle({ ...facts, batchId: this.#nextBatch, sinks }), due === "again");
  }

  #facts(start: OffsetsByRead, end: OffsetsByRead, watermark: number, statistics: BatchFacts["statistics"]): Omit<BatchFacts, "batchId" | "sinks"> {
    return {
      watermark: this.#clock.exists ? watermark : undefined,
      statistics,
      reads: ownersOf(this.#reads).flatMap(({ name, stream, table }) => {
        const description = stream?.description ?? (this.#bounded ? table?.description : undefined);
        return description === undefined ? [] : [{ name, description, startOffset: start[name] ?? undefined, endOffset: end[name] ?? undefined, metrics: stream?.metrics ?? {} }];
      }),
      operators: this.#registry.stateful.map((operator) => this.#operatorProgress(operator)),
    };
  }

  /** The rows of a batch pass all operators in the same loops, so the times are those of the query. Nothing is taken away or late yet. */
  #operatorProgress(operator: KeptOperator): StateOperatorProgress {
    const { statePartitions } = this.#options.settings;
    return {
      operatorName: operator.descriptor.operatorId,
      numRowsTotal: operator.rows,
      numRowsUpdated: operator.takeUpdatedRows(),
      allUpdatesTimeMs: this.#meter.rowsTime,
      numRowsRemoved: 0,
      allRemovalsTimeMs: 0,
      commitTimeMs: this.#meter.stateTime,
      memoryUsedBytes: operator.memoryBytes,
      numRowsDroppedByWatermark: 0,
      numShufflePartitions: statePartitions,
      numStateStoreInstances: statePartitions,
    };
  }

  /** One logical batch over everything, in which nothing is late, ended at +∞ (semantics E1). */
  async #runBounded(): Promise<void> {
    const { host, store, mode } = this.#options;
    this.#meter.beginTrigger();
    if (mode !== "batch" && store.durable) {
      const offsets = Object.fromEntries(this.#reads.flatMap(({ name, table }) => (table === undefined ? [] : [[name, tableOffset(table)]])));
      await this.#runBatch({ entry: this.#entry(offsets, host.clock.now(), this.#clock.watermark), attempt: 1 });
      return;
    }
    const entry = { ...this.#entry({}, host.clock.now(), Infinity), lateWatermark: -Infinity };
    const batch: BatchContext = { id: 0, lateWatermark: -Infinity, evictWatermark: Infinity, timestamp: entry.timestampMs * 1000, incarnation: store.incarnation, attempt: 1 };
    this.#meter.beginBatch();
    this.#routed = this.#firstReads(() => true);
    await this.#execute(batch, nothing);
    const statistics = this.#clock.statistics;
    await this.#meter.time("addBatch", () => this.#commitSinks(batch));
    this.#report(entry, statistics);
    this.#nextBatch = 1;
  }

  /** The input is declared to be at its end: a last batch at +∞ closes everything. */
  async #drain(): Promise<void> {
    this.#meter.beginTrigger();
    const offsets = Object.fromEntries(Object.entries(this.#start));
    await this.#runBatch({ entry: this.#entry(offsets, this.#options.host.clock.now(), this.#clock.exists ? Infinity : this.#clock.watermark, true), attempt: 1 });
  }

  /** Closes all that is open, the checkpoint last and whatever became of the others; gives the first failure. */
  async #close(): Promise<Failure | undefined> {
    const parts = [...ownersOf(this.#reads).map(({ stream }) => () => stream?.close()), () => this.#sides?.close(), () => this.#outputs?.close(), () => this.#options.store.close()];
    let first: Failure | undefined;
    for (const close of parts) {
      const failure = await failureOf(async () => close());
      first ??= failure;
    }
    return first;
  }
}

async function* nothing(): AsyncGenerator<never> {}

function contextOf(recovery: Recovery, incarnation: number): BatchContext {
  const last = recovery.kind === "replay" ? recovery.entry : recovery.previous;
  return { id: recovery.batchId, lateWatermark: recovery.lateWatermark, evictWatermark: recovery.evictWatermark, timestamp: (last?.timestampMs ?? 0) * 1000, incarnation, attempt: 1 };
}

/** Whether a failure is the interruption itself, and not something that went wrong besides. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === "AbortError");
}

/** What `offsets/N` keeps of a table: a short text that changes with its fingerprint. */
function tableOffset(table: TableSource): Offset {
  const bytes = Buffer.from(table.fingerprint());
  return JSON.stringify({ table: `${crc32c(bytes).toString(16)}-${bytes.length}` });
}
