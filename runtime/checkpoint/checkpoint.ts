import type { SourceLog } from "../connectors/source.ts";
import type { Host } from "../host/host.ts";
import type { StateCodec, StatefulOperator } from "../operators/stateful.ts";
import { checkpointError } from "../errors/checkpoint-error.ts";
import { createStateCodec } from "../state/codec.ts";
import { StateStore } from "../state/state-store.ts";
import { DurableSourceLog } from "./durable-source-log.ts";
import { writeCheckpointFile } from "./durable-file.ts";
import { openCheckpoint, type OpenedCheckpoint } from "./open-checkpoint.ts";
import { encodeCommits, encodeOffsets } from "./log-codec.ts";
import type { CommitsEntry, OffsetsEntry } from "./log-entries.ts";
import { keepPartitions, type CheckpointMetadata, type QueryIdentity, type SliceMetadata } from "./metadata.ts";
import { purgeLogs, usualRetention, type KeptVersions } from "./purge-log.ts";
import type { Recovery } from "./recovery.ts";
import { recoveryOf } from "./recovery-of.ts";
import { checkStateSchema } from "./state-schema.ts";

export interface CheckpointOptions {
  /** How many batches of `offsets/` and `commits/`, with their state, are kept; at least 2. */
  readonly retain?: number;
  warn(message: string): void;
}

/**
 * The checkpoint of one query, held by one running engine: who the query is, its two logs, the logs of its sources and its state.
 * Layout: `metadata schema lock incarnations/ offsets/ commits/ sources/<n>/ state/<operator>/<partition>/`.
 *
 * Order of a batch N: `writeOffsets(N)`, run, `stateStore.commit(N)`, sinks prepared, `ensureCurrent()`, sinks committed,
 * `writeCommits(N)`. After any error of a write the checkpoint refuses all further writes: the query must end and start again.
 */
export class Checkpoint {
  readonly #host: Host;
  readonly #directory: string;
  readonly #opened: OpenedCheckpoint;
  readonly #options: CheckpointOptions;
  readonly #kept: KeptVersions;
  readonly #hadBatches: boolean;
  #newestOffsets: number;
  #drained: boolean;
  #failure: { readonly error: unknown } | undefined;
  #metadata: CheckpointMetadata;

  /** The query's `id`: lasts as long as its checkpoint. */
  readonly id: string;
  /** The fencing number of this engine. */
  readonly incarnation: number;
  /** Writes and reads keys and values of state, and spreads keys over partitions as this checkpoint always did. */
  readonly codec: StateCodec;
  /** The number of state partitions, frozen when the checkpoint was made. */
  readonly partitions: number;
  /** The ids of the checkpoints that it was divided from. */
  readonly formerly: readonly string[];

  private constructor(host: Host, directory: string, opened: OpenedCheckpoint, options: CheckpointOptions) {
    const { offsets, commits } = opened.logs;
    this.#host = host;
    this.#directory = directory;
    this.#opened = opened;
    this.#options = options;
    this.#kept = {
      offsets: new Map(offsets.map(({ entry }) => [entry.batchId, entry.base])),
      commits: new Map(commits.map(({ entry }) => [entry.batchId, entry.state])),
    };
    this.#metadata = opened.metadata;
    this.#hadBatches = offsets.length > 0;
    this.#newestOffsets = offsets.at(-1)?.entry.batchId ?? -1;
    this.#drained = this.#newestCommit === this.#newestOffsets && commits.at(-1)?.entry.drained === true;
    this.id = opened.metadata.queryId;
    this.incarnation = opened.incarnation;
    this.codec = createStateCodec(opened.metadata.partitioning);
    this.partitions = opened.metadata.partitioning.partitions;
    this.formerly = opened.metadata.formerly ?? [];
  }

  /**
   * Opens the checkpoint in a folder, or makes one: takes the lock, refuses another query's, verifies both logs and takes the next
   * incarnation. What is wrong with it is an R74xx error that names the file; what it put right by itself is said in `options.warn`.
   */
  static open(host: Host, directory: string, identity: QueryIdentity, options: CheckpointOptions): Checkpoint {
    return new Checkpoint(host, directory, openCheckpoint(host, directory, identity, { retain: retained(options), warn: (message) => options.warn(message) }), options);
  }

  /** How many partitions the topics have by which the query's state is spread, as was last made durable. */
  get topicPartitions(): SliceMetadata["partitions"] {
    return this.#metadata.slice?.partitions ?? {};
  }

  /** Makes that durable. */
  keepTopicPartitions(partitions: SliceMetadata["partitions"]): void {
    this.#writing(() => {
      this.#metadata = keepPartitions(this.#host, this.#directory, this.#metadata, partitions);
    });
  }

  /** How the query goes on: with a new batch, or with the newest one again. As it was at `open`. */
  recover(): Recovery {
    return recoveryOf(this.#opened.logs, this.incarnation);
  }

  /** Where a source keeps what its offsets refer to. */
  sourceLog(readName: string): SourceLog {
    const index = this.#opened.metadata.sources.findIndex((source) => source.name === readName);
    if (index < 0) throw new RangeError(`no such read: ${readName}`);
    return new DurableSourceLog(
      {
        host: this.#host,
        directory: this.#directory,
        queryId: this.id,
        incarnation: this.incarnation,
        newestOffsets: () => this.#newestOffsets,
        ensureCurrent: () => this.ensureCurrent(),
        warn: (message) => this.#options.warn(message),
      },
      index,
    );
  }

  /**
   * The store of the query's operators, all of them; call `load(recovery.base)` next. Operators that are not those of the checkpoint
   * are R7404, which names the one that changed.
   */
  stateStore(operators: readonly StatefulOperator[]): StateStore {
    const place = { host: this.#host, directory: this.#directory, queryId: this.id, incarnation: this.incarnation, partitions: this.partitions };
    checkStateSchema(place, operators.map((operator) => operator.descriptor), !this.#hadBatches);
    return new StateStore({ ...place, ensureCurrent: () => this.ensureCurrent() }, operators);
  }

  /** Makes batch N durable before it runs; N is one more than the newest. R7412 where the input was ended by `--drain`. */
  writeOffsets(entry: OffsetsEntry): void {
    const { batchId } = entry;
    if (batchId !== this.#newestOffsets + 1) throw new RangeError(`expected offsets of batch ${this.#newestOffsets + 1}, found ${batchId}`);
    if (this.#drained) {
      throw checkpointError("drained", "the input of the checkpoint was ended by --drain: its windows are closed, and it takes no new input", this.#directory,
        "start the query with a new checkpoint folder, or run it without --drain from now on");
    }
    this.#writing(() => {
      const header = { kind: "offsets", queryId: this.id, incarnation: this.incarnation, batch: batchId } as const;
      writeCheckpointFile(this.#host, this.#opened.offsets.file(batchId), header, encodeOffsets(entry), "offsets");
    });
    this.#newestOffsets = batchId;
    this.#kept.offsets.set(batchId, entry.base);
  }

  /** Makes it durable that batch N is done; N is that of the newest offsets. Then forgets batches beyond the retention. */
  writeCommits(entry: CommitsEntry): void {
    const { batchId } = entry;
    if (batchId !== this.#newestOffsets) throw new RangeError(`expected the commit of batch ${this.#newestOffsets}, found ${batchId}`);
    this.#writing(() => {
      const header = { kind: "commits", queryId: this.id, incarnation: this.incarnation, batch: batchId } as const;
      writeCheckpointFile(this.#host, this.#opened.commits.file(batchId), header, encodeCommits(entry), "commits");
    });
    this.#kept.commits.set(batchId, entry.state);
    this.#drained = entry.drained === true;
    purgeLogs(this.#host, this.#directory, this.#opened, this.#kept, batchId - retained(this.#options) + 1);
  }

  /** R7409 where another engine has taken over; call it before anything outside the checkpoint is made visible. */
  ensureCurrent(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    this.#opened.incarnations.ensureCurrent(this.incarnation);
  }

  /** Gives the lock back. The checkpoint must not be used afterwards. */
  close(): void {
    this.#opened.lock.release();
  }

  get #newestCommit(): number {
    return this.#opened.logs.commits.at(-1)?.entry.batchId ?? -1;
  }

  #writing(write: () => void): void {
    this.ensureCurrent();
    try {
      write();
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }
}

function retained(options: CheckpointOptions): number {
  return Math.max(2, options.retain ?? usualRetention);
}
