import { QueueRegistry } from "../connectors/queue/queue-registry.ts";
import type { QueueRow } from "../connectors/queue/encode-rows.ts";
import type { RowKind } from "../connectors/sink.ts";
import { SimulatedCrash } from "../errors/simulated-crash.ts";
import type { FaultPoint } from "../host/fault-points.ts";
import type { JobDefinition, OutputDefinition, QueryDefinition } from "../query/definition.ts";
import { capturedResult } from "../query/capture-reader.ts";
import type { RunMode } from "../query/run-mode.ts";
import { start } from "../query/start.ts";
import type { StreamingQueryManager } from "../query/streaming-query-manager.ts";
import { readDurationWords } from "../time/duration-words-text.ts";
import { adaptedJob } from "./adapted-job.ts";
import { BatchRecorder, type RecordedBatch, type RecordedRow } from "./batch-recorder.ts";
import { CollectedRows } from "./collecting-sink.ts";
import { OperatorProbe, type StateEntry } from "./operator-probe.ts";
import { plainJson } from "./plain-json.ts";
import type { SimFileSystem } from "./sim-file-system.ts";
import { SimHost } from "./sim-host.ts";

export interface TestJobOptions {
  /** Which queries run; all of them by default. */
  readonly queries?: readonly string[];
  /** Texts by the names of params. */
  readonly params?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The clock at the start, `"2024-01-01T00:00:00Z"` if nothing else is said. */
  readonly now?: string | Date;
  /** Another trigger than the job's, as `--once` and its like on the command line. */
  readonly mode?: RunMode;
  /** Sources that keep the connector that the job declares, and read for instance the files of `files`; the others are fed by `add`. */
  readonly ownConnectors?: readonly string[];
  /** Rows of tables, in place of what their connectors would read. */
  readonly tables?: Readonly<Record<string, readonly QueueRow[]>>;
  /** Files of the simulated disk, by their paths from the working directory. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Chance of the machine: what a loss of power leaves, the order of directory listings. */
  readonly seed?: number;
}

/** A row as it came out. */
export interface TestRow {
  readonly kind: RowKind;
  /** As the row's JSON has it. */
  readonly row: unknown;
}

/** What a batch gave to one sink. */
export interface TestBatch {
  readonly query: string;
  readonly sink: string;
  readonly id: number;
  /** 1, and one more for each time that it was run again. */
  readonly attempt: number;
  /** ISO text of the watermark that it ran with, `"Infinity"` at the end of input; null where the query has none. */
  readonly watermark: string | null;
  readonly inputRows: number;
  readonly rows: readonly TestRow[];
}

/** What is different about a process that is started again. */
export interface RestartOptions {
  /** What a crash leaves of the disk: a `power loss` (the default) what was synced, a `kill` all that was written. */
  readonly loss?: "power loss" | "kill";
  readonly mode?: RunMode;
  readonly params?: Readonly<Record<string, string>>;
  /** `option statePartitions` of the job that is started again. A checkpoint keeps the number that it was made with, and nothing that comes out depends on it. */
  readonly partitions?: number;
}

const workingDirectory = "/home";
const longestWait = 100_000;

/**
 * Drives an emitted job, the very module that is deployed, on a simulated machine under a virtual clock: rows in, batches out. Made by `testJob`. Where a
 * query fails, what waits for it is rejected with its error; a crash that was planned is none.
 */
export class TestKit {
  readonly #job: JobDefinition;
  readonly #options: TestJobOptions;
  readonly #queues = new QueueRegistry();
  readonly #probes = new Map<string, OperatorProbe>();
  readonly #sides = new Map<string, CollectedRows>();
  readonly #recorders = new Map<string, BatchRecorder>();
  readonly #batches: TestBatch[] = [];
  /** What the queries warned of, since the first start. */
  readonly warnings: string[] = [];
  #host: SimHost;
  #manager: StreamingQueryManager | undefined;
  #failedStart: SimulatedCrash | undefined;

  constructor(job: JobDefinition, options: TestJobOptions) {
    this.#job = job;
    this.#options = options;
    const { now, env, seed, files = {}, tables = {} } = options;
    this.#host = new SimHost({ workingDirectory, ...(now === undefined ? {} : { start: instant(now) }), ...(env === undefined ? {} : { env }), ...(seed === undefined ? {} : { seed }) });
    // In the order in which they are given: a source of files goes by their times.
    for (const [at, [path, content]] of Object.entries(files).entries()) this.putFile(path, content, this.#host.clock.now() - 1000 * (Object.keys(files).length - at));
    for (const [table, rows] of Object.entries(tables)) this.#queues.handle(table).add(rows);
  }

  /** Hands rows to a source: objects, or records as its format has them (lines of CSV or text). They are one batch, unless more is added before the query takes them. */
  add(source: string, rows: readonly QueueRow[]): void {
    const reads = this.#job.queries.flatMap((query) => Object.values(query.reads));
    const read = reads.find(({ input }) => input === source);
    if (read === undefined) throw new TypeError(`the job reads no input \`${source}\`: ${[...new Set(reads.map(({ input }) => input))].join(", ")}`);
    if (read.bounded) throw new TypeError(`\`${source}\` is a table: give its rows with \`tables\``);
    if (this.#options.ownConnectors?.includes(source) === true) throw new TypeError(`\`${source}\` keeps its own connector: put a file, or leave it out of \`ownConnectors\``);
    this.#queues.handle(source).add(rows);
  }

  /** Puts a file on the simulated disk, by its path from the working directory; `modified` in milliseconds since the epoch, now if it is not given. */
  putFile(path: string, content: string | Uint8Array, modified: number = this.#host.clock.now()): void {
    this.#host.fs.put(path.startsWith("/") ? path : `${workingDirectory}/${path}`, content, modified);
  }

  /** The simulated disk. */
  get files(): SimFileSystem {
    return this.#host.fs;
  }

  /** The machine that the job runs on; another one after a crash. */
  get host(): SimHost {
    return this.#host;
  }

  /** Whether a planned crash has come about; `restart` goes on. */
  get crashed(): boolean {
    return this.#failedStart !== undefined || this.#failures().some((failure) => failure instanceof SimulatedCrash);
  }

  /** Lets the queries run until nothing is left to do at this time; the batches since the last call that came to their end. */
  async step(): Promise<readonly TestBatch[]> {
    if (!this.#isStarted) this.#start(this.#options.mode);
    await Promise.all((this.#manager?.active ?? []).map((query) => query.processAllAvailable().catch(() => {})));
    return this.#take();
  }

  /** Lets time pass on the machine's clock (`"10 minutes"`, or milliseconds); what comes due runs at its time, and a query with `trigger every` takes its rows at the next tick, for which `step` does not wait. The batches since the last call. */
  async advanceTime(duration: string | number): Promise<readonly TestBatch[]> {
    const milliseconds = millisecondsOf(duration);
    const taken = this.#isStarted ? [] : await this.step();
    await this.#host.clock.advance(milliseconds, () => this.#quiet());
    return [...taken, ...this.#take()];
  }

  /**
   * Lets event time pass without a row: every watermark step (or those of the stream or sink `of`) goes on as if it had seen an event of that time, so its watermark becomes
   * that less its delay. The batches of `step`.
   */
  async advanceEventTime(time: string | Date, of?: string): Promise<readonly TestBatch[]> {
    const taken = await this.step();
    const steps = [...this.#probes.values()].flatMap(({ watermarks }) => watermarks);
    const named = steps.filter(({ operatorId }) => of === undefined || operatorId.startsWith(`${of}/`));
    if (named.length === 0) throw new TypeError(of === undefined ? "the job has no watermark" : `\`${of}\` has no watermark: ${steps.map(({ operatorId }) => operatorId).join(", ")}`);
    for (const tracker of named) tracker.restore(Math.max(tracker.current, instant(time) - tracker.delay));
    return [...taken, ...(await this.step())];
  }

  /** The result of a sink by now: in append all rows, in update the newest of each key, in complete those of the last batch. As JSON has them. */
  rows(sink: string): readonly unknown[] {
    const { output } = this.#sink(sink);
    const batches = new Map(this.#batches.filter((batch) => batch.sink === sink).map((batch) => [batch.id, batch]));
    const captured = [...batches.values()].map(({ rows }) => rows.map((row) => ({ kind: row.kind, json: jsonTexts.get(row) ?? "null" })));
    return capturedResult(captured.map((rows, batch) => ({ query: sink, batch, attempt: 1, rows, end: undefined })), output.mode, output.key).map(plainJson);
  }

  /** What each batch gave to a sink, in order; one that was run again stands once more. */
  batches(sink: string): readonly TestBatch[] {
    this.#sink(sink);
    return this.#batches.filter((batch) => batch.sink === sink);
  }

  /** The rows that a side output has: late ones, or malformed records. As JSON has them. */
  late(sideOutput: string): readonly unknown[] {
    if (!this.#job.sideOutputs.some(({ name }) => name === sideOutput)) throw new TypeError(`the job has no side output \`${sideOutput}\`: ${this.#job.sideOutputs.map(({ name }) => name).join(", ")}`);
    return this.#collected(sideOutput).rows.map(plainJson);
  }

  /** What an operator keeps, by its id as `explain` shows it: `ranking/aggregate`. */
  state(operatorId: string): readonly StateEntry[] {
    const probes = [...this.#probes.values()];
    for (const probe of probes) {
      const entries = probe.entries(operatorId);
      if (entries !== undefined) return entries;
    }
    throw new TypeError(`no operator \`${operatorId}\` keeps state: ${probes.flatMap(({ operators }) => operators).join(", ")}`);
  }

  /** Lets the process die when a fault point is reached for the nth time from now. */
  crashAt(point: FaultPoint, occurrence: number = 1): void {
    this.#host.crashAt(point, occurrence);
  }

  /** Ends the process, if it is not dead yet, and starts the job again with its checkpoint, on what is left of the machine. The rows that were added are still there. The batches of `step`. */
  async restart(options: RestartOptions = {}): Promise<readonly TestBatch[]> {
    const crashed = await this.#end();
    if (crashed) this.#host = this.#host.afterCrash(options.loss);
    this.#start(options.mode ?? this.#options.mode, options);
    return this.step();
  }

  /** Declares the input to be at its end, as `--drain`: every window closes and the queries end. The batches of `step`. */
  async drain(): Promise<readonly TestBatch[]> {
    const taken = await this.step();
    const crashed = await this.#end();
    if (crashed) this.#host = this.#host.afterCrash();
    this.#start("drain");
    await this.#manager?.awaitAll();
    return [...taken, ...this.#take()];
  }

  /** Finishes the running batches and ends the queries. */
  async stop(): Promise<void> {
    await this.#end();
  }

  get #isStarted(): boolean {
    return this.#manager !== undefined || this.#failedStart !== undefined;
  }

  #start(mode: RunMode | undefined, { params = this.#options.params, partitions }: RestartOptions = {}): void {
    const { queries, ownConnectors = [], tables = {} } = this.#options;
    const parts = { queries, ownConnectors, tables: Object.keys(tables), statePartitions: partitions, collected: (name: string) => this.#collected(name), probeOf: (query: string) => this.#probe(query) };
    this.#manager = undefined;
    this.#failedStart = undefined;
    try {
      this.#manager = start(adaptedJob(this.#job, parts), {
        host: this.#host,
        checkpoint: "/checkpoints",
        queues: this.#queues,
        ...(mode === undefined ? {} : { mode }),
        ...(params === undefined ? {} : { params }),
        listener: (output) => this.#recorder(this.#sink(output.name).query).listener(output, true),
        warn: (message) => void this.warnings.push(message),
      }).manager;
    } catch (error) {
      if (!(error instanceof SimulatedCrash)) throw error;
      this.#failedStart = error;
    }
  }

  /** Ends the queries; gives whether the process had crashed. */
  async #end(): Promise<boolean> {
    await Promise.all((this.#manager?.active ?? []).map((query) => query.stop()));
    return this.crashed;
  }

  /** Waits until no query is at work. */
  async #quiet(): Promise<void> {
    for (let turn = 0; turn < longestWait && this.#manager?.active.some(({ status }) => status.isTriggerActive) === true; turn++) await this.#host.clock.yield();
  }

  #failures(): readonly Error[] {
    return (this.#manager?.all ?? []).flatMap(({ exception }) => exception ?? []);
  }

  /** The batches that were recorded since this was last asked. */
  #take(): readonly TestBatch[] {
    const batches = [...this.#recorders].flatMap(([name, recorder]) => this.#bySink(this.#query(name), recorder.take(undefined)));
    this.#batches.push(...batches);
    const failure = this.#failures().find((error) => !(error instanceof SimulatedCrash));
    if (failure !== undefined && !this.crashed) throw failure;
    return batches;
  }

  #bySink(query: QueryDefinition<never>, recorded: readonly RecordedBatch[]): readonly TestBatch[] {
    return recorded.flatMap(({ id, attempt, watermark, inputRows = 0, rows }) =>
      query.outputs.map((output) => ({ query: query.name, sink: output.name, id, attempt, watermark: instantText(watermark), inputRows, rows: rows.filter((row) => row.sink === output.name).map(testRow) })),
    );
  }

  #recorder(query: QueryDefinition<never>): BatchRecorder {
    return madeOnce(this.#recorders, query.name, () => new BatchRecorder());
  }

  #probe(query: string): OperatorProbe {
    return madeOnce(this.#probes, query, () => new OperatorProbe());
  }

  #collected(sideOutput: string): CollectedRows {
    return madeOnce(this.#sides, sideOutput, () => new CollectedRows());
  }

  #query(name: string): QueryDefinition<never> {
    const found = this.#job.queries.find((query) => query.name === name);
    if (found === undefined) throw new TypeError(`the job has no query \`${name}\``);
    return found;
  }

  #sink(name: string): { readonly query: QueryDefinition<never>; readonly output: OutputDefinition<never> } {
    for (const query of this.#job.queries) {
      const output = query.outputs.find((candidate) => candidate.name === name);
      if (output !== undefined) return { query, output };
    }
    throw new TypeError(`the job has no sink \`${name}\`: ${this.#job.queries.flatMap(({ outputs }) => outputs.map((output) => output.name)).join(", ")}`);
  }
}

/**
 * A test's hold on an emitted job.
 *
 * ```ts
 * import { job } from "../generated/clicks.ts";
 *
 * const kit = testJob(job);
 * kit.add("clicks", [{ page: "/", at: "2024-01-01T00:00:00Z" }]);
 * await kit.step();
 * expect(kit.rows("pages")).toEqual([{ page: "/", n: 1 }]);
 * await kit.stop();
 * ```
 */
export function testJob(job: JobDefinition, options: TestJobOptions = {}): TestKit {
  return new TestKit(job, options);
}

/** The JSON texts of rows: digits beyond 2^53 keep their form. */
const jsonTexts = new WeakMap<TestRow, string>();

function testRow({ kind, json }: RecordedRow): TestRow {
  const row = { kind, row: plainJson(json) };
  jsonTexts.set(row, json);
  return row;
}

function madeOnce<T>(known: Map<string, T>, name: string, make: () => T): T {
  const found = known.get(name);
  if (found !== undefined) return found;
  const made = make();
  known.set(name, made);
  return made;
}

function millisecondsOf(duration: string | number): number {
  const milliseconds = typeof duration === "number" ? duration : (readDurationWords(duration) ?? Number.NaN) / 1000;
  if (!(milliseconds >= 0)) throw new TypeError(`not a duration: ${duration}; write "10 minutes", or milliseconds`);
  return milliseconds;
}

/** Milliseconds since the epoch. */
function instant(time: string | Date): number {
  const milliseconds = typeof time === "string" ? Date.parse(time) : time.getTime();
  if (Number.isNaN(milliseconds)) throw new TypeError(`not a time: ${String(time)}; write "2024-01-01T00:00:00Z"`);
  return milliseconds;
}

function instantText(milliseconds: number | null): string | null {
  if (milliseconds === null) return null;
  return milliseconds === Infinity ? "Infinity" : new Date(milliseconds).toISOString();
}
