import type { OffsetsEntry, OffsetsByRead } from "../checkpoint/log-entries.ts";
import type { Recovery } from "../checkpoint/recovery.ts";
import type { Sink } from "../connectors/sink.ts";
import type { Offset, StreamSource, TableSource } from "../connectors/source.ts";
import { sinkAhead } from "../errors/checkpoint-error.ts";
import { crc32c } from "../checkpoint/crc32c.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Host } from "../host/host.ts";
import type { StateVersion } from "../state/state-version.ts";
import { TriggerWait } from "../trigger/trigger-wait.ts";
import type { BatchContext } from "./batch-context.ts";
import type { BatchListener } from "./batch-listener.ts";
import type { JobSettings, ParamValues, QueryDefinition, QueryProgram, TriggerDefinition } from "./definition.ts";
import { EventClock } from "./event-clock.ts";
import { failureOf, type Failure } from "./failure-of.ts";
import { openSources, type ConnectorServices, type OpenedRead } from "./open-sources.ts";
import { OperatorRegistry } from "./operator-registry.ts";
import { ProgressMeter } from "./progress-meter.ts";
import type { QueryProgress } from "./progress.ts";
import { QueryOutput } from "./query-output.ts";
import type { QueryStore } from "./query-store.ts";
import { ReadRunner } from "./read-runner.ts";
import { resultFailure } from "./row-failure.ts";
import type { RunMode } from "./run-mode.ts";
import { SideOutputs } from "./side-outputs.ts";
import { sinkContext } from "./sink-context.ts";

export interface ExecutionOptions<Row> {
  readonly definition: QueryDefinition<Row>;
  readonly settings: JobSettings;
  readonly params: ParamValues;
  readonly host: Host;
  readonly store: QueryStore;
  readonly runId: string;
  readonly mode: RunMode;
  readonly services: ConnectorServices;
  readonly listener: BatchListener<Row> | undefined;
  onProgress(progress: QueryProgress): void;
  onStatus(message: string, active: boolean): void;
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
export class MicroBatchExecution<Row> {
  readonly #options: ExecutionOptions<Row>;
  readonly #clock: EventClock;
  readonly #meter: ProgressMeter;
  readonly #abort = new AbortController();
  readonly #stop = new AbortController();
  readonly #waiting: TriggerWait;
  readonly #idle: ((isIdle: boolean) => void)[] = [];
  #stopping = false;
  #reads: readonly OpenedRead[] = [];
  #runners: readonly ReadRunner[] = [];
  #tables = new Map<string, string>();
  #sink!: Sink<Row>;
  #sides!: SideOutputs;
  #output!: QueryOutput<Row>;
  #registry!: OperatorRegistry<Row>;
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

  constructor(options: ExecutionOptions<Row>) {
    this.#options = options;
    this.#waiting = new TriggerWait(options.host);
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
    const context = sinkContext(this.#options, this.#bounded);
    this.#sink = await definition.sink(params).open(context);
    this.#sides = await SideOutputs.open(definition, services, { host, checkpointId: store.durable ? store.id : undefined, bounded: this.#options.mode === "batch", params, warn });
    this.#output = new QueryOutput(this.#sink, this.#options.listener);
    const last = recovery.kind === "replay" ? recovery.entry : recovery.previous;
    const policy = last?.settings["watermarkPolicy"];
    if (policy === "min" || policy === "max") this.#clock.keepPolicy(policy);
    this.#registry = new OperatorRegistry(definition.name, params, this.#output, store.codec, this.#clock, contextOf(recovery, store.incarnation));
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

  /** Rebuilds what a memory sink held, from state and tables: the rows are those of the last batch, and nobody else hears of them. */
  async #showRestored(batchId: number): Promise<void> {
    const { definition, store } = this.#options;
    if (definition.mode === "append" || this.#sink.rebuilds !== true) return;
    const batch = { ...this.#registry.batch, id: batchId, incarnation: store.incarnation };
    this.#routed = new Set();
    this.#registry.beginBatch(batch);
    for (const operator of this.#registry.stateful) operator.touchAll();
    this.#output.begin(this.#sink.begin(batch), true);
    for (const { runner, read } of this.#inOrder()) if (read.table !== undefined) await this.#runTable(runner, read.name, read.table);
    this.#program.finish?.();
    for (const operator of this.#registry.stateful) operator.beginBatch();
    await this.#sink.prepare(batch);
    await this.#sink.commit(batch);
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
    if (trigger.kind === "available now") for (const read of this.#reads) await read.stream?.freezeEnd();
    while (!this.#stopping) {
      const waiting = this.#idle.length;
      const began = host.clock.now();
      this.#meter.beginTrigger();
      const plan = await this.#plan(runsOnce);
      if (plan !== undefined) {
        await this.#runBatch(plan);
        if (runsOnce) return;
      } else {
        for (const resolve of this.#idle.splice(0, waiting)) resolve(true);
        if (runsOnce || trigger.kind === "available now") break;
        this.#options.onStatus("Waiting for data to arrive", false);
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
      await this.#waiting.forData(this.#reads.flatMap(({ stream }) => (stream === undefined ? [] : [stream])));
    }
  }

  /** Asks the sources for something new; undefined where there is nothing. */
  async #plan(ignoreLimits: boolean): Promise<Plan | undefined> {
    const { host } = this.#options;
    this.#options.onStatus("Getting offsets", true);
    const id = this.#nextBatch;
    const offsets: Record<string, Offset | null> = {};
    let isNew = false;
    await this.#meter.time("latestOffset", async () => {
      for (const { name, stream, table } of this.#reads) {
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
    this.#options.onStatus("Processing new data", true);
    if (attempt === 1) this.#meter.timeSync("walCommit", () => store.writeOffsets(entry));
    const batch: BatchContext = {
      id: entry.batchId,
      lateWatermark: entry.lateWatermark,
      evictWatermark: entry.evictWatermark,
      timestamp: entry.timestampMs * 1000,
      incarnation: store.incarnation,
      attempt,
    };
    this.#meter.beginBatch(entry.batchId);
    // A table's malformed records are sent once for each content that it has, a stream's as they come.
    this.#routed = this.#firstReads(({ name, table }) => table === undefined || entry.offsets[name] !== (entry.start[name] ?? undefined));
    await this.#execute(batch, (read) => this.#chunksOf(read, entry));
    const statistics = this.#clock.statistics;
    this.#clock.endBatch();
    if (isEnd) this.#clock.end();
    const state = this.#meter.timeSync("commitState", () => store.commitState(entry.batchId));
    await this.#commitSinks(batch);
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
    for (const { name, stream } of this.#reads) {
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
    this.#registry.beginBatch(batch);
    const takes = this.#sink.begin(batch);
    const ahead = [...(takes ? [] : [this.#sink.description]), ...this.#sides.begin(batch)];
    if (batch.attempt === 1 && this.#options.store.durable && ahead[0] !== undefined) throw sinkAhead(batch.id, ahead[0]);
    this.#output.begin(takes);
    this.#options.listener?.begin(batch);
    await this.#meter.time("addBatch", async () => {
      for (const { runner, read } of this.#inOrder()) {
        if (read.table !== undefined) await this.#runTable(runner, read.name, read.table);
        else this.#meter.addRead(read.name, await runner.run(chunks(read), this.#abort.signal));
      }
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

  /** A table is read again only when its files changed; a query over tables alone reads each once. */
  async #runTable(runner: ReadRunner, name: string, table: TableSource): Promise<void> {
    const fingerprint = table.fingerprint();
    if (this.#tables.get(name) === fingerprint) return;
    const counts = await runner.run(table.read(), this.#abort.signal);
    this.#tables.set(name, fingerprint);
    // Rows of a table count where it is what the query reads, not where it is the side of a join (as in Spark).
    if (this.#bounded) this.#meter.addRead(name, counts);
    else this.#meter.addMalformed(counts.malformed);
  }

  #chunksOf(read: OpenedRead, entry: OffsetsEntry): ReturnType<StreamSource["read"]> {
    const to = entry.offsets[read.name] ?? undefined;
    const from = entry.start[read.name] ?? undefined;
    if (read.stream === undefined || to === undefined || to === from) return nothing();
    return read.stream.read(from, to);
  }

  async #commitSinks(batch: BatchContext): Promise<void> {
    const { host, listener } = this.#options;
    host.fault("sinks.before-prepare");
    this.#sinkFiles = [...(await this.#sink.prepare(batch)), ...(await this.#sides.prepare(batch))];
    host.fault("sinks.prepared");
    this.#options.store.ensureCurrent();
    const counts = this.#meter.counts;
    listener?.end({ batch, watermark: this.#clock.exists ? batch.evictWatermark : null, inputRows: counts.rows, outputRows: this.#output.rows, late: 0, malformed: counts.malformed });
    await this.#sink.commit(batch);
    await this.#sides.commit(batch);
    host.fault("sinks.committed");
  }

  #report(entry: OffsetsEntry, statistics: { readonly min: number; readonly max: number; readonly avg: number } | undefined): void {
    const progress = this.#meter.progress({
      timestampMs: entry.timestampMs,
      watermark: this.#clock.exists ? entry.evictWatermark : undefined,
      statistics,
      outputRows: this.#output.rows,
      sink: this.#sink.description,
      reads: this.#reads.flatMap(({ name, stream, table }) => {
        const description = stream?.description ?? (this.#bounded ? table?.description : undefined);
        return description === undefined ? [] : [{ name, description, startOffset: entry.start[name] ?? undefined, endOffset: entry.offsets[name] ?? undefined }];
      }),
      operators: this.#registry.stateful.map((operator) => ({ operatorName: operator.descriptor.operatorId, numRowsTotal: operator.rows, numRowsUpdated: operator.takeUpdatedRows() })),
    });
    this.#options.onProgress(progress);
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
    this.#meter.beginBatch(0);
    this.#routed = this.#firstReads(() => true);
    await this.#execute(batch, nothing);
    const statistics = this.#clock.statistics;
    await this.#commitSinks(batch);
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
    const parts = [...this.#reads.map(({ stream }) => () => stream?.close()), () => this.#sides?.close(), () => this.#sink?.close(), () => this.#options.store.close()];
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
