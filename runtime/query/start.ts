import type { KafkaClientFactory } from "../connectors/kafka/client/kafka-client.ts";
import { MemoryTables } from "../connectors/memory/memory-tables.ts";
import type { QueueRegistry } from "../connectors/queue/queue-registry.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Host } from "../host/host.ts";
import type { BatchListener } from "./batch-listener.ts";
import type { JobDefinition, OutputDefinition, ParamValues, QueryDefinition } from "./definition.ts";
import { ephemeralStore } from "./ephemeral-store.ts";
import { ListenerBus } from "./listener-bus.ts";
import { MicroBatchExecution } from "./micro-batch-execution.ts";
import { formatIsoMilliseconds } from "../time/iso-milliseconds.ts";
import { nearestName } from "./nearest-name.ts";
import type { Levelling } from "./levelling.ts";
import { openDurableStore } from "./durable-store.ts";
import type { ConnectorServices } from "./open-sources.ts";
import type { QueryProgress } from "./progress.ts";
import type { StreamingQueryListener } from "./query-listener.ts";
import type { QueryStore } from "./query-store.ts";
import { resolveParams } from "./resolve-params.ts";
import type { RunMode } from "./run-mode.ts";
import { placeOf } from "../shards/checkpoint-place.ts";
import { checkSlices, useSlices } from "../shards/slices-in-use.ts";
import { checkShard } from "./check-shard.ts";
import type { Shard } from "./shard.ts";
import { StreamingQuery } from "./streaming-query.ts";
import { StreamingQueryManager } from "./streaming-query-manager.ts";

/** How a job is started. Everything may be left out. */
export interface StartOptions {
  readonly host: Host;
  /** Which queries to run; all of them by default. */
  readonly queries?: readonly string[];
  readonly mode?: RunMode;
  /** The folder of checkpoints: query Q keeps its own in `<folder>/Q`, where `Q` is `pathSafeName` of its name. Goes before the `checkpoint` clause. */
  readonly checkpoint?: string;
  /** Which part of the topics is read, where several processes share them; everything unless given. Checkpoints are then in `<folder>/shard-i-of-n/Q`. */
  readonly shard?: Shard;
  /** Values of params as text, as `--param` gives them. */
  readonly params?: Readonly<Record<string, string>>;
  /** Queues by the name of their source. */
  readonly queues?: QueueRegistry;
  /** Makes clients of Kafka; kafkajs unless given. */
  readonly kafka?: KafkaClientFactory;
  /** Runs one batch without input and ends. */
  readonly level?: Levelling;
  /** Follows the batches of each sink, row by row (capture, tests). */
  readonly listener?: (output: OutputDefinition<never>, store: QueryStore) => BatchListener<never> | undefined;
  /** Hear when queries start, make progress, are idle and end. */
  readonly listeners?: readonly StreamingQueryListener[];
  readonly onProgress?: (progress: QueryProgress) => void;
  /** Hears when a query's trigger begins to work, and when it waits. */
  readonly onStatus?: (query: string, isTriggerActive: boolean) => void;
  readonly warn?: (message: string) => void;
}

/** A started job: its queries, and the tables of its memory sinks. */
export interface StartedJob {
  readonly manager: StreamingQueryManager;
  readonly tables: MemoryTables;
}

/**
 * Starts the queries of a job; each runs on its own from here on, with its own reads, offsets and trigger. Where one of them
 * cannot start (a param, a checkpoint), none runs and the checkpoints are closed again.
 */
export function start(job: JobDefinition, options: StartOptions): StartedJob {
  const params = resolveParams(job, options.params ?? {}, options.host.process.env);
  const bus = new ListenerBus(warnerOf(options));
  for (const listener of options.listeners ?? []) bus.add(listener);
  const manager = new StreamingQueryManager(options.host.timers, bus);
  const tables = new MemoryTables();
  const prepared: PreparedQuery[] = [];
  const queries = selectedQueries(job, options.queries);
  const services: ConnectorServices = { queues: options.queues, tables, sideOutputs: job.sideOutputs, timezone: job.settings.timezone, routesMalformed: firstReaders(job.queries), ...(options.kafka === undefined ? {} : { kafka: options.kafka }) };
  warnOfUnrouted(job, queries, options);
  // Before the first checkpoint is touched: a start that is refused leaves nothing that the next one, in one process, would meet.
  if (options.shard !== undefined) for (const definition of queries) checkShard(definition, params);
  try {
    for (const definition of queries) prepared.push(prepareQuery(job, definition, params, services, bus, options));
  } catch (error) {
    for (const { store } of prepared) store.close();
    throw error;
  }
  for (const { query, execution } of prepared) {
    manager.add(query);
    const { id, runId, name } = query;
    bus.post({ kind: "started", id, runId, name, timestamp: formatIsoMilliseconds(options.host.clock.now()) });
    // The first batch begins after the caller has the handle.
    query.follow(
      Promise.resolve().then(() => execution.run()),
      (error) => bus.post({ kind: "terminated", id, runId, exception: error?.message, errorClassOnException: error instanceof SluiceRuntimeError ? error.code : undefined }),
    );
  }
  return { manager, tables };
}

/** Where the run's warnings go: stderr, unless they are asked for. */
function warnerOf({ host, warn }: StartOptions): (message: string) => void {
  return warn ?? ((message) => host.process.writeStderr(`warning: ${message}\n`));
}

/** Malformed records are the affair of one query of the job; where it does not run, it is said that they go nowhere. */
function warnOfUnrouted(job: JobDefinition, queries: readonly QueryDefinition<never>[], options: StartOptions): void {
  const routes = firstReaders(job.queries);
  const tell = warnerOf(options);
  for (const { input, malformed } of queries.flatMap(({ reads }) => Object.values(reads))) {
    const router = job.queries.find(({ name }) => routes(name, input));
    if (typeof malformed === "string" || router === undefined || queries.includes(router)) continue;
    tell(`malformed records of \`${input}\` go to \`${malformed.into}\` only while the query \`${router.name}\` runs; here they are counted and dropped`);
  }
}

/** Of the queries that read an input, the first. */
function firstReaders(queries: readonly QueryDefinition<never>[]): ConnectorServices["routesMalformed"] {
  const first = new Map<string, string>();
  for (const { name, reads } of queries) for (const { input } of Object.values(reads)) if (!first.has(input)) first.set(input, name);
  return (query, input) => first.get(input) === query;
}

/** The queries of these names, in their order; all of them where none are named. */
export function selectedQueries(job: JobDefinition, names: readonly string[] | undefined): readonly QueryDefinition<never>[] {
  if (names === undefined || names.length === 0) return job.queries;
  return names.map((name) => {
    const found = job.queries.find((query) => query.name === name);
    if (found !== undefined) return found;
    throw new SluiceRuntimeError({ code: "R7608", what: `the job ${job.name} has no query \`${name}\``, how: queriesHint(job, name) });
  });
}

function queriesHint(job: JobDefinition, wanted: string): string {
  const names = job.queries.map((query) => query.name);
  const near = nearestName(wanted, names);
  return near === undefined ? `its queries: ${names.join(", ")}` : `did you mean \`${near}\`?`;
}

/** A query with its checkpoint open, before its first batch. */
interface PreparedQuery {
  readonly query: StreamingQuery;
  readonly execution: MicroBatchExecution;
  readonly store: QueryStore;
}

function prepareQuery(job: JobDefinition, definition: QueryDefinition<never>, params: ParamValues, services: ConnectorServices, bus: ListenerBus, options: StartOptions): PreparedQuery {
  const { host } = options;
  const mode = options.mode ?? "declared";
  const warn = warnerOf(options);
  const runId = host.uuid();
  const store = openStore(job, definition, params, mode, services, options, warn);
  const execution: MicroBatchExecution = new MicroBatchExecution({
    definition,
    settings: job.settings,
    params,
    host,
    store,
    runId,
    mode,
    services,
    shard: options.shard,
    ...(options.level === undefined ? {} : { level: options.level }),
    listenerOf: (output) => options.listener?.(output, store),
    onProgress: (progress) => {
      query.addProgress(progress);
      options.onProgress?.(progress);
      bus.post({ kind: "progress", progress });
    },
    onIdle: (progress, isRepeated) => {
      query.addProgress(progress);
      if (isRepeated) bus.post({ kind: "idle", id: query.id, runId, timestamp: progress.timestamp });
    },
    onStatus: (message, isTriggerActive, isDataAvailable) => {
      query.setStatus(message, isTriggerActive, isDataAvailable);
      options.onStatus?.(query.name, isTriggerActive);
    },
    warn,
  });
  const query: StreamingQuery = new StreamingQuery({ id: store.id, runId, name: definition.name, plan: definition.plan }, execution, host.timers, async (text) => {
    const { querySql } = await import("../connectors/memory/sql.ts");
    return querySql(services.tables ?? new MemoryTables(), text);
  });
  return { query, execution, store };
}

/** The checkpoint of a query: the run's own folder before the query's clause; none for a bounded run. */
function openStore(job: JobDefinition, definition: QueryDefinition<never>, params: ParamValues, mode: RunMode, services: ConnectorServices, options: StartOptions, warn: (message: string) => void): QueryStore {
  const { checkpoint, host, shard } = options;
  const bounded = mode === "batch";
  const place = bounded ? undefined : placeOf(checkpoint, definition, params);
  if (place !== undefined) {
    useSlices(host, place, definition, shard);
    const store = openDurableStore(host, place.slice(shard), job, definition, params, warn, shard);
    try {
      // Once more with the slice in hand: it may have been divided anew between the look and the lock.
      checkSlices(host, place, shard);
    } catch (error) {
      store.close();
      throw error;
    }
    return store;
  }
  if (!bounded && (definition.outputs.some(({ needsCheckpoint }) => needsCheckpoint) || needsCheckpointForSide(definition, services))) {
    throw new SluiceRuntimeError({
      code: "R7609",
      what: `the query \`${definition.name}\` needs a checkpoint: without one it could not go on where it was`,
      how: 'add `checkpoint "DIR"` to the sink, or run with --checkpoint DIR (or --batch, over what is there now)',
    });
  }
  return ephemeralStore(options.host, job.settings.statePartitions);
}

function needsCheckpointForSide(definition: QueryDefinition<never>, services: ConnectorServices): boolean {
  return Object.values(definition.reads).some(
    ({ input, malformed }) =>
      typeof malformed !== "string" &&
      services.routesMalformed(definition.name, input) &&
      services.sideOutputs.some((output) => output.name === malformed.into && output.needsCheckpoint),
  );
}
