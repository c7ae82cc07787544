import type { OffsetsEntry } from "../checkpoint/log-entries.ts";
import type { Recovery } from "../checkpoint/recovery.ts";
import { sinkAhead } from "../errors/checkpoint-error.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Host } from "../host/host.ts";
import { TriggerWait } from "../trigger/trigger-wait.ts";
import { allWait } from "./all-wait.ts";
import type { BatchContext } from "./batch-context.ts";
import { batchFacts } from "./batch-facts.ts";
import type { BatchListener } from "./batch-listener.ts";
import { BatchPlanner } from "./batch-planner.ts";
import { commitBatch, commitSinks, type CommitParts } from "./commit-batch.ts";
import { ContinuousExecution } from "./continuous-execution.ts";
import type { JobSettings, OutputDefinition, ParamValues, QueryDefinition, QueryProgram, TriggerDefinition } from "./definition.ts";
import { EventClock } from "./event-clock.ts";
import { failureOf, type Failure } from "./failure-of.ts";
import { holdTables } from "./hold-tables.ts";
import { IdleWatch } from "./idle-watch.ts";
import { interruptible } from "./interruptible.ts";
import { openSources, ownersOf, type ConnectorServices, type OpenedRead } from "./open-sources.ts";
import type { OperatorCounts } from "./operator-counts.ts";
import type { Levelling } from "./levelling.ts";
import { OperatorRegistry } from "./operator-registry.ts";
import { ProgressMeter, type BatchFacts } from "./progress-meter.ts";
import type { QueryProgress } from "./progress.ts";
import { QueryOutputs } from "./query-outputs.ts";
import { contextOf, hasNews, isEnd, positionAfter, positionOf, type QueryPosition } from "./query-position.ts";
import { QueryReads } from "./query-reads.ts";
import { QueryShare } from "./query-share.ts";
import type { QueryStore } from "./query-store.ts";
import { resultFailure } from "./row-failure.ts";
import type { RunMode } from "./run-mode.ts";
import type { Shard } from "./shard.ts";
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
  /** Undefined where one process reads everything. */
  readonly shard?: Shard | undefined;
  /** The one batch that the query is run for. */
  readonly level?: Levelling;
  /** Follows the rows of one of the query's sinks. */
  listenerOf(output: OutputDefinition<never>): BatchListener<never> | undefined;
  onProgress(progress: QueryProgress): void;
  /** There has been nothing to do for a while; `isRepeated` where that is said again since the last batch or start. */
  onIdle(progress: QueryProgress, isRepeated: boolean): void;
  onStatus(message: string, isTriggerActive: boolean, isDataAvailable: boolean): void;
  warn(message: string): void;
}

/**
 * Runs one query in micro-batches (Spark: MicroBatchExecution); under the continuous trigger, what was cut off alone, and then `ContinuousExecution` takes over. A batch is: the newest offsets, `offsets/N`, the reads, what the
 * operators give and give back, the state's next version, the sinks' prepare and commit, the watermark, `commits/N`. Whatever was cut
 * off is run again first, with the very offsets, watermarks and timestamp that it had.
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
  #opened: readonly OpenedRead[] = [];
  #reads!: QueryReads;
  #outputs!: QueryOutputs<never>;
  #sides!: SideOutputs;
  #registry!: OperatorRegistry;
  #program!: QueryProgram;
  #planner!: BatchPlanner;
  #commits!: CommitParts;
  #position!: QueryPosition;
  #ended = false;
  /** Of the batch that ran last. */
  #counts: readonly OperatorCounts[] = [];

  constructor(options: ExecutionOptions) {
    this.#options = options;
    this.#waiting = new TriggerWait(options.host);
    this.#idleWatch = new IdleWatch(options.host.clock);
    this.#clock = new EventClock(options.settings.watermarkPolicy);
    this.#meter = new ProgressMeter(options.host.clock, { id: options.store.id, runId: options.runId, name: options.definition.name, ...(options.shard === undefined ? {} : { shard: `${options.shard.index}/${options.shard.count}` }) });
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
      this.#keepWhatWaits();
    });
    this.#ended = true;
    for (const resolve of this.#idle.splice(0)) resolve(false);
    const closing = await this.#close();
    if (failure === undefined) {
      if (closing !== undefined) throw closing.error;
      return;
    }
    if (this.#abort.signal.aborted && isAbort(failure.error, this.#abort.signal)) throw this.#abort.signal.reason;
    // What was being opened, nobody waits for any more: nothing has been read or written.
    if (this.#stop.signal.aborted && failure.error === this.#stop.signal.reason && closing === undefined) return;
    throw resultFailure(this.#options.definition.name, failure.error);
  }

  /** What sources that cannot replay have received and no batch has taken is kept for the next start; of a query that is drained there is none. */
  #keepWhatWaits(): void {
    const { nextBatch, drained } = this.#position;
    if (!this.#options.store.durable || drained) return;
    for (const { stream } of ownersOf(this.#opened)) stream?.keep?.(nextBatch);
  }

  get #bounded(): boolean {
    return this.#options.mode === "batch" || Object.values(this.#options.definition.reads).every((read) => read.bounded);
  }

  get #likeSpark(): boolean {
    return this.#options.settings.compatibility === "spark";
  }

  async #open(): Promise<void> {
    const { definition, host, store } = this.#options;
    const recovery = store.recover();
    await this.#build(recovery);
    store.loadState(recovery.base, this.#registry.stateful);
    // Spark forgets the watermark of each input, not the query's (semantics R6).
    this.#clock.restore(recovery.evictWatermark, this.#likeSpark ? {} : recovery.inputWatermarks, host.clock.monotonic());
    this.#position = positionOf(recovery);
    if (recovery.previous !== undefined) await this.#goOnFrom(recovery.previous);
    if (recovery.kind === "replay") await this.#runBatch(recovery.entry, recovery.attempt);
    if (this.#position.drained && this.#options.mode !== "drain") {
      this.#options.warn(`the checkpoint of ${definition.name} was drained: it takes no more input`);
    }
  }

  /** Opens what the query writes to, builds its program, and opens what it reads. */
  async #build(recovery: Recovery): Promise<void> {
    const { definition, host, mode, params, services, settings, shard, store, warn } = this.#options;
    this.#outputs = await QueryOutputs.open(
      definition.outputs,
      (output) => output.sink(params).open(sinkContext(output, this.#options, this.#bounded, this.#abort.signal, recovery.sinkFiles)),
      (output) => this.#options.listenerOf(output),
    );
    this.#sides = new SideOutputs(definition, services, { host, checkpointId: store.durable ? store.id : undefined, formerCheckpoints: store.formerly ?? [], bounded: mode === "batch", shard, params, noted: recovery.sinkFiles ?? [], signal: this.#abort.signal, warn });
    const last = recovery.kind === "replay" ? recovery.entry : recovery.previous;
    const policy = last?.settings["watermarkPolicy"];
    if (policy === "min" || policy === "max") this.#clock.keepPolicy(policy);
    this.#registry = new OperatorRegistry({
      queryName: definition.name,
      params,
      outputs: this.#outputs,
      sides: this.#sides,
      codec: store.codec,
      clock: this.#clock,
      onMalformed: () => this.#meter.addMalformed(1),
    });
    this.#program = definition.build(this.#registry);
    await this.#sides.open();
    await this.#outputs.ready();
    await this.#sides.ready();
    const share = new QueryShare(definition, shard, store);
    this.#opened = await openSources(definition, { ...this.#options, ...(share.partitions === undefined ? {} : { partitions: share.partitions }) }, this.#bounded, { interrupted: this.#abort.signal, stopping: this.#stop.signal });
    this.#reads = new QueryReads({
      queryName: definition.name,
      reads: this.#opened,
      program: this.#program,
      host,
      meter: this.#meter,
      bounded: this.#bounded,
      signal: this.#abort.signal,
      onMalformed: (read, row) => this.#sides.takeOf(read, row, this.#registry.batch.timestamp),
      pressure: () => allWait([this.#outputs.pressure(), this.#sides.pressure()]),
      partitionCheck: ({ name }) => share.partitionCheck(name),
    });
    this.#commits = { host, store, clock: this.#clock, meter: this.#meter, outputs: this.#outputs, sides: this.#sides, reads: this.#opened };
    this.#planner = new BatchPlanner({ host, settings, clock: this.#clock, operators: this.#registry, reads: this.#opened });
  }

  /** Puts the operators where the last batch left them, and shows its result again to whom it is lost: nobody else hears of those rows. */
  async #goOnFrom(previous: OffsetsEntry): Promise<void> {
    const batch = contextOf(previous, this.#options.store.incarnation, 1);
    this.#registry.beginBatch(batch, true);
    if (!this.#outputs.rebuilds) return;
    this.#reads.routeNone();
    for (const operator of this.#registry.stateful) operator.touchAll();
    await this.#outputs.rebuild(batch, async () => {
      await this.#reads.run(undefined, this.#reads.fingerprints());
      await this.#finish();
    });
    this.#registry.takeCounts();
    this.#registry.beginBatch(batch, true);
  }

  async #loop(): Promise<void> {
    const { definition, level, mode, params, host } = this.#options;
    if (level !== undefined) {
      this.#meter.beginTrigger();
      return this.#runBatch(this.#planner.level(this.#position, level), 1);
    }
    if (this.#bounded) {
      if (this.#position.nextBatch === 0) await this.#runBounded();
      return;
    }
    const trigger: TriggerDefinition = mode === "declared" ? definition.trigger(params) : { kind: mode === "once" ? "once" : "available now" };
    if (trigger.kind === "continuous") return this.#runContinuously(Math.max(1, trigger.interval / 1000));
    const runsOnce = trigger.kind === "once";
    // A batch that was cut off and has just been run again is the one batch of `once` (semantics T3).
    if (runsOnce && this.#meter.batches > 0) return;
    if (trigger.kind === "available now") for (const { stream } of ownersOf(this.#opened)) await stream?.freezeEnd();
    // `available now` closes by the clock what was due when it began, which its first batch does: a function may set timers for times that are passed for ever.
    let closesByClock = true;
    while (!this.#stopping) {
      const waiting = this.#idle.length;
      const began = host.clock.now();
      this.#meter.beginTrigger();
      const entry = await this.#plan(runsOnce, closesByClock);
      if (entry !== undefined) {
        await this.#runBatch(entry, 1);
        if (runsOnce) return;
        closesByClock = trigger.kind !== "available now";
        if (trigger.kind === "every") this.#options.onStatus("Waiting for next trigger", false, true);
      } else {
        this.#reportIdle();
        for (const resolve of this.#idle.splice(0, waiting)) resolve(true);
        if (runsOnce || trigger.kind === "available now") break;
        this.#options.onStatus(trigger.kind === "every" ? "Waiting for next trigger" : "Waiting for data to arrive", false, false);
      }
      if (!this.#stopping) await this.#pause(trigger, began, entry !== undefined);
    }
    if (mode === "drain" && !this.#stopping && !this.#position.drained) await this.#drain();
  }

  /** The continuous trigger, from where the recovery left the query. `interval` in milliseconds. */
  #runContinuously(interval: number): Promise<void> {
    const { definition, host, onStatus, warn } = this.#options;
    const idle = this.#idle;
    this.#meter.beginTrigger();
    return new ContinuousExecution({
      queryName: definition.name,
      commit: this.#commits,
      queryReads: this.#reads,
      registry: this.#registry,
      planner: this.#planner,
      waiting: this.#waiting,
      interrupted: this.#abort.signal,
      stopping: this.#stop.signal,
      position: () => this.#position,
      finish: () => this.#finish(),
      idle: {
        get waiting() {
          return idle.length;
        },
        resolve: (count) => {
          for (const resolve of idle.splice(0, count)) resolve(true);
        },
      },
      onEpoch: (entry, state, counts) => {
        this.#counts = counts;
        this.#position = positionAfter(this.#position, entry, state);
        this.#report(entry, this.#clock.statistics);
        host.fault("batch.ended");
      },
      onNothing: () => {
        this.#reportIdle();
        onStatus("Waiting for data to arrive", false, false);
      },
      onStatus,
      warn,
    }).run(interval);
  }

  /** Waits for the trigger's next turn, for data or time that makes a batch due, or for someone to wake the query up. */
  async #pause(trigger: TriggerDefinition, began: number, ranBatch: boolean): Promise<void> {
    if (this.#idle.length > 0) return;
    if (trigger.kind === "every") {
      const late = await this.#waiting.forTick(began, trigger.interval / 1000);
      if (ranBatch && late > 0) this.#options.warn(`a batch of ${this.#options.definition.name} took ${late} ms, longer than its trigger's interval of ${trigger.interval / 1000} ms`);
    } else if (ranBatch) {
      await this.#options.host.timers.yield();
    } else {
      const streams = ownersOf(this.#opened).flatMap(({ stream }) => (stream === undefined ? [] : [stream]));
      await this.#waiting.forData(streams, Math.min(this.#idleWatch.left(), this.#planner.untilDue()));
    }
  }

  /** The next batch; undefined where none is due. */
  async #plan(runsOnce: boolean, closesByClock: boolean): Promise<OffsetsEntry | undefined> {
    const { host, settings } = this.#options;
    const { nextBatch, drained } = this.#position;
    this.#options.onStatus("Getting offsets", true, false);
    // In Spark the first batch of a run always has data (semantics R7).
    const withoutData = settings.noDataBatches && !runsOnce && !drained && nextBatch > 0 && !(this.#likeSpark && this.#meter.batches === 0);
    const entry = await this.#meter.time("latestOffset", () => this.#planner.plan(this.#position, { ignoreLimits: runsOnce, withoutData, closesByClock }));
    if (entry !== undefined) host.fault("batch.planned");
    return entry;
  }

  async #runBatch(entry: OffsetsEntry, attempt: number): Promise<void> {
    const { host, store } = this.#options;
    this.#options.onStatus(hasNews(entry) ? "Processing new data" : "No new data but cleaning up state", true, hasNews(entry));
    if (attempt === 1) this.#meter.timeSync("walCommit", () => store.writeOffsets(entry));
    const batch = contextOf(entry, store.incarnation, attempt);
    this.#meter.beginBatch();
    this.#reads.route(entry);
    await this.#execute(batch, entry);
    const statistics = this.#clock.statistics;
    const state = await commitBatch(this.#commits, entry, batch, this.#counts);
    this.#position = positionAfter(this.#position, entry, state);
    this.#report(entry, statistics);
    host.fault("batch.ended");
  }

  /** The batch's reads in the program's order, then what the stateful operators give, and what they give back. */
  async #execute(batch: BatchContext, entry: OffsetsEntry): Promise<void> {
    const { store } = this.#options;
    const { ahead, aside } = this.#meter.timeSync("queryPlanning", () => {
      this.#registry.beginBatch(batch, false);
      return { ahead: this.#outputs.begin(batch), aside: this.#sides.begin(batch) };
    });
    const early = ahead[0] ?? aside[0];
    if (batch.attempt === 1 && store.durable && early !== undefined) throw sinkAhead(batch.id, early);
    this.#outputs.announce(batch);
    const tables = this.#meter.timeSync("getBatch", () => this.#reads.fingerprints());
    await this.#meter.time("addBatch", async () => {
      await this.#reads.run(entry, tables);
      this.#options.host.fault("batch.rows-read");
      // Of a query that is at its end the state is not asked any more.
      if (this.#registry.keepsTables && !this.#bounded && !isEnd(entry)) holdTables({ entry, attempt: batch.attempt, reads: this.#opened, tables, ahead, logOf: (read) => store.sourceLog(read) });
      await this.#finish();
      this.#outputs.settle();
      this.#meter.removeState(() => this.#registry.evict());
    });
    this.#counts = this.#registry.takeCounts();
  }

  /** What the program gives after its reads; a function of the user's that it waits for may be interrupted. */
  async #finish(): Promise<void> {
    const finished = this.#program.finish?.();
    if (finished instanceof Promise) await interruptible(finished, this.#abort.signal);
  }

  #report(entry: OffsetsEntry, statistics: BatchFacts["statistics"]): void {
    this.#idleWatch.ran();
    this.#options.onProgress(this.#meter.progress(this.#facts(entry, { statistics, sinks: this.#outputs.counts })));
  }

  /** Tells at most every ten seconds that there was nothing to do: the next batch's id, and nothing counted. */
  #reportIdle(): void {
    const due = this.#idleWatch.due();
    if (due === undefined) return;
    // What a sink takes is not known before it has taken a batch.
    const sinks = this.#outputs.counts.map((sink) => ({ ...sink, numOutputRows: this.#meter.batches === 0 ? -1 : 0 }));
    this.#counts = this.#registry.takeCounts();
    const { start, nextBatch } = this.#position;
    const range = { batchId: nextBatch, start, offsets: start, evictWatermark: this.#clock.watermark };
    this.#options.onIdle(this.#meter.idle(this.#facts(range, { statistics: undefined, sinks })), due === "again");
  }

  #facts(range: Pick<OffsetsEntry, "batchId" | "start" | "offsets" | "evictWatermark">, parts: Pick<BatchFacts, "statistics" | "sinks">): BatchFacts {
    const { statePartitions } = this.#options.settings;
    const query = { reads: this.#opened, bounded: this.#bounded, hasWatermark: this.#clock.exists, statePartitions };
    return batchFacts(query, range, { ...parts, counts: this.#counts, times: this.#meter.operatorTimes });
  }

  /** A query over tables, or over everything that there is now. */
  async #runBounded(): Promise<void> {
    const { store, mode } = this.#options;
    this.#meter.beginTrigger();
    if (mode !== "batch" && store.durable) {
      await this.#runBatch(this.#planner.ofTables(this.#position), 1);
      return;
    }
    const entry = this.#planner.ofEverything(this.#position);
    const batch = contextOf(entry, store.incarnation, 1);
    this.#meter.beginBatch();
    this.#reads.routeAll();
    await this.#execute(batch, entry);
    const statistics = this.#clock.statistics;
    await this.#meter.time("addBatch", () => commitSinks(this.#commits, batch, this.#counts));
    this.#position = { ...this.#position, nextBatch: 1 };
    this.#report(entry, statistics);
  }

  /** The input is declared to be at its end: a last batch at +∞ closes everything. */
  async #drain(): Promise<void> {
    this.#meter.beginTrigger();
    await this.#runBatch(this.#planner.end(this.#position), 1);
  }

  /** Closes all that is open, the checkpoint last and whatever became of the others; gives the first failure. */
  async #close(): Promise<Failure | undefined> {
    const parts = [...ownersOf(this.#opened).map(({ stream }) => () => stream?.close()), () => this.#sides?.close(), () => this.#outputs?.close(), () => this.#options.store.close()];
    let first: Failure | undefined;
    for (const close of parts) {
      const failure = await failureOf(async () => close());
      first ??= failure;
    }
    return first;
  }
}

/** Whether a failure is the interruption itself, and not something that went wrong besides. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === "AbortError");
}
