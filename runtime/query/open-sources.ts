import type { KafkaClientFactory } from "../connectors/kafka/client/kafka-client.ts";
import type { MemoryTables } from "../connectors/memory/memory-tables.ts";
import type { QueueRegistry } from "../connectors/queue/queue-registry.ts";
import type { SourceContext, StreamSource, TableSource } from "../connectors/source.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { schemaRegistry } from "../formats/avro/schema-registry.ts";
import type { SchemaRegistry } from "../formats/schema-registry.ts";
import type { Host } from "../host/host.ts";
import type { ParamValues, QueryDefinition, ReadDefinition } from "./definition.ts";
import { failureOf } from "./failure-of.ts";
import { OnceReadTable } from "./once-read-table.ts";
import type { QueryStore } from "./query-store.ts";
import type { RunMode } from "./run-mode.ts";
import type { SideOutputDefinition } from "./definition.ts";
import type { TopicPartitions } from "./topic-partitions.ts";

/** What connectors share within one start of a job. */
export interface ConnectorServices {
  readonly queues: QueueRegistry | undefined;
  readonly tables: MemoryTables | undefined;
  /** Makes clients of Kafka, where the program has one of its own. */
  readonly kafka?: KafkaClientFactory;
  readonly sideOutputs: readonly SideOutputDefinition[];
  /** The id of the job's time zone, in which side outputs write; UTC unless given. */
  readonly timezone?: string;
  /**
   * Whether a query is the one that sends an input's malformed records to their side output. Which records are malformed does not
   * depend on the query, so of several that read an input the first one does, and none comes twice.
   */
  routesMalformed(query: string, input: string): boolean;
}

/** One read of a query with its source, opened: as a stream, or whole. */
export interface OpenedRead {
  readonly name: string;
  /**
   * The read under whose name the offsets stand: itself, or the first one of the same stream, whose source they share, so that all
   * of them read the same range in every batch (semantics U1).
   */
  readonly offsets: string;
  readonly definition: ReadDefinition<unknown>;
  readonly stream: StreamSource | undefined;
  readonly table: TableSource | undefined;
  /** Where the reader looks up writers' schemas. */
  readonly registry: SchemaRegistry | undefined;
}

interface OpenOptions {
  readonly params: ParamValues;
  readonly host: Host;
  readonly store: QueryStore;
  readonly mode: RunMode;
  readonly services: ConnectorServices;
  /** What the process reads of partitioned topics, where they are shared or their partitions counted; `spreads`: whether the rows reach state. */
  readonly partitions?: TopicPartitions;
  warn(message: string): void;
}

/** What ends a source's waits. */
export interface OpenSignals {
  /** The query was interrupted in the middle of a batch. */
  readonly interrupted: AbortSignal;
  /** The query is to end, in whichever way. */
  readonly stopping: AbortSignal;
}

/**
 * Opens the sources of a query in the order of its reads; with `bounded`, streams too are read whole, as they are now. Where one
 * cannot be opened, those before it are closed again.
 */
export async function openSources<Row>(definition: QueryDefinition<Row>, options: OpenOptions, bounded: boolean, signals: OpenSignals): Promise<readonly OpenedRead[]> {
  const opened: OpenedRead[] = [];
  try {
    for (const [name, read] of Object.entries(definition.reads)) {
      const first = opened.find((other) => other.stream !== undefined && other.definition.input === read.input);
      const spreads = Object.entries(definition.reads).some(([other, { input }]) => input === read.input && Object.hasOwn(definition.sharding?.reads ?? {}, other));
      opened.push(first === undefined ? await openRead(name, read, { name: definition.name, spreads }, options, bounded || read.bounded, signals) : { ...first, name, definition: read });
    }
  } catch (error) {
    // What went wrong first is the error.
    for (const { stream } of ownersOf(opened)) await failureOf(async () => stream?.close());
    throw error;
  }
  const areReread = opened.some(({ table }) => table !== undefined && table.isReadOnce !== true);
  return opened.map((read) => (read.table?.isReadOnce === true ? { ...read, table: new OnceReadTable(read.table, areReread) } : read));
}

/** The reads that have a source of their own. */
export function ownersOf(reads: readonly OpenedRead[]): readonly OpenedRead[] {
  return reads.filter(({ name, offsets }) => name === offsets);
}

async function openRead(name: string, read: ReadDefinition<unknown>, { name: query, spreads }: { readonly name: string; readonly spreads: boolean }, options: OpenOptions, asTable: boolean, signals: OpenSignals): Promise<OpenedRead> {
  const connector = read.connector(options.params);
  const registry = read.registry === undefined ? undefined : schemaRegistry(options.host, read.registry(options.params), signals.interrupted);
  const context: SourceContext = {
    host: options.host,
    log: asTable ? undefined : options.store.sourceLog(name),
    signal: signals.interrupted,
    stopping: signals.stopping,
    isLastRun: options.mode === "drain",
    format: read.format,
    ...(read.reader.framing === undefined ? {} : { framing: read.reader.framing }),
    ...(read.reader.blocks === undefined ? {} : { blocks: read.reader.blocks }),
    ...(options.services.kafka === undefined ? {} : { kafka: options.services.kafka }),
    // A table is read whole by every shard.
    ...(options.partitions === undefined || read.bounded ? {} : { share: options.partitions.share(spreads) }),
    declaredAs: read.bounded ? "table" : "source",
    warn: options.warn,
    ...(options.services.queues === undefined ? {} : { queues: options.services.queues }),
  };
  if (!asTable) {
    if (connector.openStream === undefined) throw new SluiceRuntimeError({ code: "R7607", what: `a ${connector.name} cannot be a source`, where: `query ${query}`, how: "declare it as a table" });
    return { name, offsets: name, definition: read, stream: await connector.openStream(context), table: undefined, registry };
  }
  if (connector.openTable === undefined) {
    throw new SluiceRuntimeError({
      code: "R7606",
      what: `\`${read.input}\` has no end: a ${connector.name} source cannot be read as a bounded input`,
      where: `query ${query}`,
      how: "run it without --batch; `--available-now` takes what is there",
    });
  }
  return { name, offsets: name, definition: read, stream: undefined, table: await connector.openTable(context), registry };
}
