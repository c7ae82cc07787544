import type { KafkaClientFactory } from "../connectors/kafka/client/kafka-client.ts";
import type { SqlResult } from "../connectors/memory/sql.ts";
import { QueueRegistry } from "../connectors/queue/queue-registry.ts";
import type { QueueRow } from "../connectors/queue/encode-rows.ts";
import { joinPath, logNumber } from "../checkpoint/paths.ts";
import { SimulatedCrash } from "../errors/simulated-crash.ts";
import type { JobDefinition, QueryDefinition } from "../query/definition.ts";
import type { RunMode } from "../query/run-mode.ts";
import type { Shard } from "../query/shard.ts";
import { start } from "../query/start.ts";
import type { StreamingQuery } from "../query/streaming-query.ts";
import { BatchRecorder, type RecordedBatch } from "./batch-recorder.ts";
import { SimHost } from "./sim-host.ts";

export interface HarnessOptions {
  /** The query to drive; may be left out where the job has one. */
  readonly query?: string;
  /** The machine to run on; a new one by default. */
  readonly host?: SimHost;
  /** The folder of checkpoints on that machine; `/checkpoints` by default, null for none. */
  readonly checkpoint?: string | null;
  readonly mode?: RunMode;
  /** Which part of its topics the query reads; everything by default. */
  readonly shard?: Shard;
  /** Texts by the names of params. */
  readonly params?: Readonly<Record<string, string>>;
  /** Queues that are there already, for instance closed ones for `mode: "batch"`. */
  readonly queues?: QueueRegistry;
  /** Makes clients of Kafka; those of a process that has crashed are used no more. */
  readonly kafka?: KafkaClientFactory;
}

/**
 * Drives one query of an emitted job on a simulated machine, batch by batch: hand rows in, let it settle, look at the batches.
 *
 * ```ts
 * const harness = startHarness(job, { query: "out" });
 * harness.add("orders", [{ id: 1 }, { id: 2 }]);
 * const [batch] = await harness.settle();   // { id: 0, inputRows: 2, rows: [{ kind: "+I", row: { … } }, …], … }
 * harness.crashAt("offsets.synced");
 * await harness.step({ orders: [{ id: 3 }] });
 * await harness.restart();                  // the batch that was cut off is run again
 * ```
 */
export class Harness {
  readonly queues: QueueRegistry;
  /** What the queries warned of, since the first start. */
  readonly warnings: string[] = [];
  readonly #job: JobDefinition;
  readonly #definition: QueryDefinition<never>;
  readonly #options: HarnessOptions;
  #host: SimHost;
  #recorder = new BatchRecorder();
  #query: StreamingQuery | undefined;
  #failure: Error | undefined;

  constructor(job: JobDefinition, options: HarnessOptions) {
    this.#job = job;
    this.#options = options;
    this.#definition = definitionOf(job, options.query);
    this.#host = options.host ?? new SimHost();
    this.queues = options.queues ?? new QueueRegistry();
  }

  /** The machine that the query runs on; another one after a crash. */
  get host(): SimHost {
    return this.#host;
  }

  /** The handle of the running query. Throws where a crash kept it from starting. */
  get query(): StreamingQuery {
    if (this.#query === undefined) throw this.#failure ?? new TypeError("the harness is not started");
    return this.#query;
  }

  get isActive(): boolean {
    return this.#query?.isActive === true;
  }

  /** Why the query ended, if it failed or crashed. */
  get failure(): Error | undefined {
    return this.#failure ?? this.#query?.exception;
  }

  /** Starts the query, with its checkpoint where there is one. A planned crash during the start counts as the query's failure. */
  start(mode: RunMode | undefined = this.#options.mode): void {
    if (this.isActive) throw new TypeError("the query is running; stop it first");
    const { checkpoint = "/checkpoints", params, shard } = this.#options;
    this.#query = undefined;
    this.#failure = undefined;
    try {
      const started = start(this.#job, {
        ...(this.#options.kafka === undefined ? {} : { kafka: this.#options.kafka }),
        host: this.#host,
        queries: [this.#definition.name],
        ...(mode === undefined ? {} : { mode }),
        ...(checkpoint === null ? {} : { checkpoint }),
        ...(shard === undefined ? {} : { shard }),
        ...(params === undefined ? {} : { params }),
        queues: this.queues,
        listener: (output) => this.#recorder.listener(output, this.#definition.outputs.length > 1),
        warn: (message) => void this.warnings.push(message),
      });
      this.#query = started.manager.get(this.#definition.name);
    } catch (error) {
      if (!(error instanceof SimulatedCrash)) throw error;
      this.#failure = error;
    }
  }

  /** Hands rows in at the queue of a source: objects, or lines of JSON (`encodeRows` makes them of positional values). */
  add(source: string, rows: readonly QueueRow[]): void {
    this.queues.handle(source).add(rows);
  }

  /** Lets the query run until it is idle or has ended; the batches since the last call, a failed one last. */
  async settle(): Promise<readonly RecordedBatch[]> {
    await this.#query?.processAllAvailable().catch(() => {});
    return this.#recorder.take(this.failure);
  }

  /** Hands in rows of several sources, which come into one batch, and settles. */
  async step(rows: Readonly<Record<string, readonly QueueRow[]>>): Promise<readonly RecordedBatch[]> {
    for (const [source, added] of Object.entries(rows)) this.add(source, added);
    return this.settle();
  }

  /** Waits for the query's own end (`once`, `availableNow`, `batch` …); the batches since the last call. */
  async finish(): Promise<readonly RecordedBatch[]> {
    await this.#query?.awaitTermination().catch(() => {});
    return this.#recorder.take(this.failure);
  }

  /** Finishes the running batch and ends the query. */
  async stop(): Promise<void> {
    await this.#query?.stop();
  }

  /**
   * Ends the query and starts it again with its checkpoint. After a crash it is another process on what is left of the machine:
   * after a `power loss` (the default) without what was not synced, after a `kill` with all of it. The queues keep their rows.
   */
  async restart(options: { readonly mode?: RunMode; readonly loss?: "power loss" | "kill" } = {}): Promise<readonly RecordedBatch[]> {
    await this.stop();
    if (this.failure instanceof SimulatedCrash) this.#host = this.#host.afterCrash(options.loss);
    this.start(options.mode);
    return this.settle();
  }

  /** Lets the process die when a fault point is reached for the nth time from now. */
  crashAt(point: string, occurrence: number = 1): void {
    this.#host.crashAt(point, occurrence);
  }

  /** Removes the newest entries of the commit log, as a crash between the sink's commit and `commits/N` leaves it. Stop first. */
  loseCommits(count: number): void {
    if (this.isActive) throw new TypeError("the query is running; stop it first");
    const folder = joinPath(this.#options.checkpoint ?? "/checkpoints", this.#definition.name, "commits");
    const newest = (this.#host.fs.list(folder) ?? []).map(logNumber).filter((number) => number !== undefined).sort((a, b) => b - a);
    for (const number of newest.slice(0, count)) this.#host.fs.remove(joinPath(folder, number));
    this.#host.fs.syncDirectory(folder);
  }

  /** Lets milliseconds pass on the machine's clock. */
  async advance(milliseconds: number): Promise<void> {
    await this.#host.clock.advance(milliseconds);
  }

  /** A SELECT over the memory sinks. */
  sql(text: string): Promise<SqlResult> {
    return this.query.sql(text);
  }
}

/** Starts a query of a job in a harness; `mode` other than the declared trigger as in `--once`, `--available-now`, `--batch`. */
export function startHarness(job: JobDefinition, options: HarnessOptions = {}): Harness {
  const harness = new Harness(job, options);
  harness.start();
  return harness;
}

function definitionOf(job: JobDefinition, name: string | undefined): QueryDefinition<never> {
  const found = name === undefined ? (job.queries.length === 1 ? job.queries[0] : undefined) : job.queries.find((query) => query.name === name);
  if (found === undefined) throw new TypeError(`name the query to drive: ${job.queries.map((query) => query.name).join(", ")}`);
  return found;
}
