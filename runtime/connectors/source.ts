import type { Host } from "../host/host.ts";
import type { BlockFormat } from "../formats/block-format.ts";
import type { Chunk } from "../formats/column-batch.ts";
import type { Framing } from "../formats/framing.ts";
import type { KafkaClientFactory } from "./kafka/client/kafka-client.ts";
import type { QueueRegistry } from "./queue/queue-registry.ts";

/** A JSON value that a source understands; offsets are compared by their text. */
export type Offset = string;

/** What a process reads of partitioned topics, where several share them (shards). */
export interface SourceShare {
  /** Whether a partition is this process's. */
  owns(partition: number): boolean;
  /** Hears how many partitions the topics have, by name, each time they are looked up; throws where the query cannot go on with that. */
  saw(counts: ReadonlyMap<string, number>): void;
}

/** What a source is opened with. */
export interface SourceContext {
  readonly host: Host;
  /** The source's own folder in the checkpoint (`sources/<n>`), and how to write files there durably; undefined for bounded reads. */
  readonly log: SourceLog | undefined;
  /** Fires when the query is interrupted in the middle of a batch. */
  readonly signal: AbortSignal;
  /** Fires when the query is to end, after its batch or in the middle of it: a source must not wait for data or a peer any longer. */
  readonly stopping: AbortSignal;
  /** Whether nothing is read after this run (`--drain`), so that what it leaves out is lost. */
  readonly isLastRun?: boolean;
  /** `json`, `text` …: how records are told apart. */
  readonly format: string;
  /** How records are told apart where they do not end in line ends; only sources of files ask. */
  readonly framing?: Framing;
  /** How files are read that are no sequence of records; only sources of files ask. */
  readonly blocks?: BlockFormat;
  /** The queues that the job was started with (`StartOptions.queues`). */
  readonly queues?: QueueRegistry;
  /** What of its partitions this process reads; everything unless given. Only of sources that can be shared (`SourceConnector.isShared`). */
  readonly share?: SourceShare;
  /** How the job declares the input: a `source` that is opened as a table is read whole by `--batch`. */
  readonly declaredAs?: "source" | "table";
  /** Makes clients of Kafka, where the program has one of its own (`StartOptions.kafka`). */
  readonly kafka?: KafkaClientFactory;
  warn(message: string): void;
}

/** Durable entries of one source, one a batch: what the offsets of `offsets/N` refer to. */
export interface SourceLog {
  /** Writes entry `batch` durably; a second write of the same entry replaces it only if no `offsets/N` holds it. */
  write(batch: number, payload: Uint8Array): void;
  read(batch: number): Uint8Array | undefined;
  /** Numbers of the entries there are, ascending. */
  entries(): readonly number[];
  /** Forgets the entries below `batch`, which the source will not ask for again. */
  removeBelow(batch: number): void;
}

/** Records as they came under the continuous trigger, and the position behind them. */
export interface FollowedChunk {
  readonly chunk: Chunk;
  readonly to: Offset;
  /** The source holds as much as it may until `seal`: the epoch ends with this chunk. */
  readonly endsEpoch?: boolean;
}

/** A running source of an unbounded input. */
export interface StreamSource {
  /**
   * The newest position that a batch may take, starting after `from` (undefined: the very beginning), within the source's
   * rate limit unless `ignoreLimits`; equal to `from` when there is nothing new. `batch` is the id of the batch being planned:
   * a source that cannot replay writes its records under it before it returns.
   */
  latest(from: Offset | undefined, batch: number, ignoreLimits: boolean): Promise<Offset | undefined>;
  /** The end as of now without limits, for `available now`; the source then never goes beyond it. */
  freezeEnd(): Promise<void>;
  /** The records of (from, to], in order, as chunks of whole records of about 64 KB. */
  read(from: Offset | undefined, to: Offset): AsyncIterable<Chunk>;
  /**
   * For the continuous trigger: records as they come, from `from` on, until the signal fires; each chunk with the position behind it.
   * What one chunk holds has been there together: none waits to be filled. Once the signal has fired what was handed on is still processed, and
   * nothing more is asked for. `batch` is the epoch that begins. While it is followed, `latest` writes nothing: it gives `from` where nothing is behind it.
   */
  follow?(from: Offset | undefined, signal: AbortSignal, batch?: number): AsyncIterable<FollowedChunk>;
  /**
   * Under the continuous trigger, before epoch `batch` is written: makes durable what a later start needs beside the offset, such as, for a source that cannot replay, what
   * it has handed on up to `to`; gives the offset to keep, or undefined where there is none yet.
   */
  seal?(to: Offset, batch: number): Offset | undefined;
  /** Batch `batch`, which ended at `to`, is committed: records up to there will not be asked for again. */
  commit(to: Offset, batch: number): void;
  /** For progress; e.g. `FileSource[data/]`. */
  readonly description: string;
  /** For progress: what else the source counts, by name. */
  readonly metrics?: Readonly<Record<string, string>>;
  /** Resolves when there may be something new, or the signal fires; a source without notice resolves after its polling interval. */
  waitForData(signal: AbortSignal): Promise<void>;
  /** The query ends in order before batch `batch`, and is asked for no more: a source that cannot replay makes durable what it has received since, for the next start. */
  keep?(batch: number): void;
  close(): Promise<void>;
}

/** Reads a bounded input whole, as it is now. */
export interface TableSource {
  read(): AsyncIterable<Chunk>;
  /** Changes whenever the content may have changed (names, sizes, times of the files); the table is then read again. */
  fingerprint(): string;
  readonly description: string;
  /** It is read once in a run, by the first batch, and stays as it was then (`reread: false`). */
  readonly isReadOnce?: boolean;
}

/** What a connector gives for one declared input: `fileSource({ path: "data/" })` in emitted code. */
export interface SourceConnector {
  readonly name: string;
  /** Whether its records lie in partitions that several processes can share (`SourceContext.share`). */
  readonly isShared?: true;
  /** Throws an R7xxx error with path and remedy where the input cannot be opened. */
  openStream?(context: SourceContext): Promise<StreamSource>;
  openTable?(context: SourceContext): Promise<TableSource>;
}
