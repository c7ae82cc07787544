import { makeCheckpointDirectory } from "../checkpoint/coded-io.ts";
import { CheckpointLock } from "../checkpoint/checkpoint-lock.ts";
import { DurableSourceLog } from "../checkpoint/durable-source-log.ts";
import { Incarnations } from "../checkpoint/incarnations.ts";
import { inspectLogs, type InspectedLogs } from "../checkpoint/inspect-logs.ts";
import { decodeCommits, decodeOffsets } from "../checkpoint/log-codec.ts";
import type { CommitsEntry, OffsetsEntry } from "../checkpoint/log-entries.ts";
import { LogFolder } from "../checkpoint/log-folder.ts";
import { checkIdentity, readMetadata, type CheckpointMetadata, type QueryIdentity } from "../checkpoint/metadata.ts";
import { joinPath } from "../checkpoint/paths.ts";
import { usualRetention } from "../checkpoint/purge-log.ts";
import { reshardError } from "../errors/reshard-error.ts";
import type { SourceLog } from "../connectors/source.ts";
import type { Host } from "../host/host.ts";
import { shardWords, type Shard } from "../query/shard.ts";

/** What the newest batch of a slice left: it is committed. */
export interface NewestBatch {
  readonly offsets: OffsetsEntry;
  readonly commit: CommitsEntry;
}

/** One of the slices that a checkpoint stands in, as it was found. */
export interface OldSlice {
  readonly directory: string;
  readonly shard: Shard | undefined;
  readonly metadata: CheckpointMetadata;
  /** Undefined where no batch has run. */
  readonly newest: NewestBatch | undefined;
  /** The greatest number of an engine that wrote to its logs. */
  readonly incarnation: number;
}

/**
 * Reads a slice, and refuses one that cannot be gone on from by others: it is missing, another query's, has a batch that is not at its end, or had its input ended. Nothing is written.
 */
export function readOldSlice(host: Host, directory: string, identity: QueryIdentity): OldSlice {
  const { shard } = identity;
  const metadata = readMetadata(host, directory);
  const words = shard === undefined ? "the checkpoint" : `the slice of ${shardWords(shard)}`;
  if (metadata === undefined) {
    throw reshardError("missingSlice", `${words} of the query \`${identity.queryName}\` is missing`, directory,
      "give the folder and the number of shards that the job ran with (--checkpoint, --from), or name the queries that have a checkpoint: --query NAME");
  }
  checkIdentity(metadata, identity, directory);
  const logs = readLogs(host, directory, metadata.queryId);
  const newest = newestOf(logs, directory, words);
  return { directory, shard, metadata, newest, incarnation: [...logs.offsets, ...logs.commits].reduce((most, { incarnation }) => Math.max(most, incarnation), 0) };
}

function readLogs(host: Host, directory: string, queryId: string): InspectedLogs {
  const offsets = new LogFolder(host, directory, "offsets", decodeOffsets);
  const commits = new LogFolder(host, directory, "commits", decodeCommits);
  return inspectLogs({ host, directory, queryId, offsets, commits, retain: usualRetention });
}

function newestOf(logs: InspectedLogs, directory: string, words: string): NewestBatch | undefined {
  const offsets = logs.offsets.at(-1)?.entry;
  const commit = logs.commits.at(-1)?.entry;
  if (offsets === undefined) return undefined;
  if (commit?.batchId !== offsets.batchId) {
    throw reshardError("uncommitted", `${words} has a batch that was cut off: batch ${offsets.batchId} is planned and not committed`, directory,
      "start it once more, so that the batch is run to its end (`--available-now`), and divide the checkpoint then");
  }
  if (commit.drained === true) {
    throw reshardError("drained", `${words} was drained: its windows are closed, and it takes no new input`, directory, "begin anew with new checkpoints, in any number of shards");
  }
  if (offsets.unknown !== undefined || commit.unknown !== undefined) {
    throw reshardError("differentSlices", `${words} was written by a newer Sluice, whose fields this one would lose`, directory, "divide it with that version, or a later one");
  }
  return { offsets, commit };
}

/**
 * Keeps other engines out of a slice from now on: one of this machine by the lock (R7410 where it runs), one elsewhere by the next incarnation. Gives how to let go of it.
 */
export function holdSlice(host: Host, { directory, incarnation, metadata }: OldSlice): () => void {
  const lock = CheckpointLock.take(host, directory);
  try {
    // A slice that was divided from others and not started since has none.
    makeCheckpointDirectory(host, joinPath(directory, "incarnations"));
    new Incarnations(host, directory).begin(metadata.queryId, incarnation);
  } catch (error) {
    lock.release();
    throw error;
  }
  return () => lock.release();
}

/** The log of a read of a slice, to read from. */
export function sourceLogOf(host: Host, { directory, metadata, newest, incarnation }: OldSlice, read: string, warn: (message: string) => void): SourceLog {
  const index = metadata.sources.findIndex(({ name }) => name === read);
  return new DurableSourceLog({ host, directory, queryId: metadata.queryId, incarnation, newestOffsets: () => newest?.offsets.batchId ?? -1, ensureCurrent: () => {}, warn }, index);
}
