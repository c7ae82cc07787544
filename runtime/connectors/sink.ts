import type { Host } from "../host/host.ts";
import type { BatchContext } from "../query/batch-context.ts";
import type { Shard } from "../query/shard.ts";
import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import type { JsonWriter } from "../formats/json-writer.ts";
import type { KafkaClientFactory } from "./kafka/client/kafka-client.ts";
import type { MemoryTables } from "./memory/memory-tables.ts";

/** How a row changes the result: insert, update before, update after, delete. */
export type RowKind = "+I" | "-U" | "+U" | "-D";

export type OutputMode = "append" | "update" | "complete";

/** A value of a message: text is written as UTF-8. */
export type MessagePart = string | Uint8Array | null;

/** How a row becomes a message, for sinks that write messages; what is absent, the job does not say. */
export interface MessageDefinition<Row> {
  /** In update mode it is told from the row's key columns alone, as a deletion is. */
  key?(row: Row): MessagePart;
  /** Absent: the whole row in the sink's format. */
  value?(row: Row): MessagePart;
  /** Null is an error of the row. */
  topic?(row: Row): string | null;
  partition?(row: Row): number | null;
  headers?(row: Row): readonly { readonly key: string; readonly value: MessagePart }[] | null;
}

export interface SinkColumn {
  readonly name: string;
  /** In the language's notation: `long`, `string`, `{ start: timestamp, end: timestamp }`. */
  readonly type: string;
  readonly nullable: boolean;
  /** The type of a record, an array or a map as data, for formats that have types of their own (Parquet, Avro). */
  readonly shape?: TypeDescriptor;
}

/** The state partitions of a query. */
export interface SinkPartitioning {
  readonly count: number;
  partitionOf(key: Uint8Array): number;
}

/** What a sink is opened with. Rows are objects with a property a column, in the runtime's value representation. */
export interface SinkContext<Row> {
  readonly host: Host;
  readonly queryName: string;
  readonly mode: OutputMode;
  readonly columns: readonly SinkColumn[];
  /** The columns that identify a row in update mode. */
  readonly key: readonly string[] | undefined;
  /** Writes a row as one JSON object, without a line end. */
  readonly encodeJson: (row: Row, out: JsonWriter) => void;
  /** How a row becomes a message, where the job says it. */
  readonly message?: MessageDefinition<Row>;
  /** Whether the query keeps its checkpoint (so that a restart finds the sink's files again). */
  readonly durable: boolean;
  /** `--batch`: the target must be empty. */
  readonly bounded: boolean;
  /** Identity of the query's kept checkpoint (the id in its metadata): a file sink takes no other checkpoint's batches. */
  readonly checkpointId?: string;
  /** The ids of the checkpoints that it was divided from (`sluice reshard`): a file sink takes their folders over. */
  readonly formerCheckpoints?: readonly string[];
  /** The id in the metadata of the query's kept checkpoint, which all sinks of the query have, however many there are: with the sink's name it tells a sink from all others, also when sinks come and go. */
  readonly queryId?: string;
  /** Where memory sinks put their tables, so that the handle of the job can read them with SQL. */
  readonly tables?: MemoryTables;
  /** How the query's state is spread by key, for a sink that takes its rows apart the same way; frozen with the checkpoint. */
  readonly partitioning?: SinkPartitioning;
  /** Fires when the query is interrupted in the middle of a batch: a sink waits no longer for what may never come, and fails with the signal's reason (`interruptible`). */
  readonly signal?: AbortSignal;
  /** The shard that the query is, where several processes share the job's topics: a sink that owns a place takes one of its own. */
  readonly shard?: Shard;
  /** What the newest entry of the checkpoint's commits says of all the query's sinks: what their `prepare` gave in that batch. */
  readonly noted?: readonly string[];
  /** Makes clients of Kafka, where the program has one of its own (`StartOptions.kafka`). */
  readonly kafka?: KafkaClientFactory;
  warn(message: string): void;
}

/**
 * Takes the rows of each batch. Order of calls: `begin`, `write`…, `prepare` (everything durable but not yet visible), `commit`
 * (visible; must succeed or fail the query; may be called again for the same batch after a crash and then does nothing).
 * A batch at or below the newest committed one is dropped whole: `begin` returns false.
 */
export interface Sink<Row> {
  /** Called once, when all sinks of the query and its side outputs are open, before the first batch: waits for what another of them may hold up. */
  ready?(): Promise<void>;
  begin(batch: BatchContext): boolean;
  /** In update mode by key: `+I` and `+U` put a row in the place of its key's, `-D` takes it away; without a key, `+I` adds a row and `-D` takes one that equals it. Never `-U`. */
  write(kind: RowKind, row: Row): void;
  /**
   * Asked between the chunks of a batch: undefined while the sink keeps up, else a promise for which the reading waits. A sink that
   * sends over a network uses it, so that what waits to be sent never grows beyond a bound.
   */
  pressure?(): Promise<void> | undefined;
  /** Under the continuous trigger: sends what was written and resolves when it is taken. Called instead of `prepare` after every chunk; `prepare` and `commit` stand at the end of an epoch. */
  flush?(): Promise<void>;
  /** Returns what `commits/N` is to say of the batch: the names of the files that it made, or how far the sink has come. A start hands it back (`SinkContext.noted`). */
  prepare(batch: BatchContext): Promise<readonly string[]>;
  commit(batch: BatchContext): Promise<void>;
  /** Forgets what `begin` and `write` did (the batch failed and the query ends or tries again). */
  abort(batch: BatchContext): Promise<void>;
  close(): Promise<void>;
  /** For progress; e.g. `MemorySink`. */
  readonly description: string;
  /** Whether what it shows is lost with the process and is to be shown again from state after a restart (memory). */
  readonly rebuilds?: boolean;
  /** Whether a deleted row (`-D`) is to be given as it was, and not with what its group has come to: where whole rows are compared (a changelog). */
  readonly takesDeletedRows?: boolean;
  /** Whether `write` does nothing with a row but write it by `encodeJson`, or read its columns: then it need not be an object with properties of its own (`PackedRow`). */
  readonly encodesRows?: boolean;
}

export interface SinkConnector {
  readonly name: string;
  open<Row>(context: SinkContext<Row>): Promise<Sink<Row>>;
}
