import { checkpointError, startOver } from "../errors/checkpoint-error.ts";
import type { Host } from "../host/host.ts";
import { decodeCommits, decodeOffsets } from "./log-codec.ts";
import type { OffsetsByRead } from "./log-entries.ts";
import { isDamagedEntry, LogFolder } from "./log-folder.ts";
import { readMetadata, type SourceIdentity } from "./metadata.ts";

/** How far a query has come. */
export interface CommittedOffsets {
  readonly queryName: string;
  readonly sources: readonly SourceIdentity[];
  /** The newest batch that is committed; undefined where none is. */
  readonly newest: CommittedBatch | undefined;
  /** A batch that has begun and is not committed: sinks may have some of it. */
  readonly begun: number | undefined;
}

export interface CommittedBatch {
  readonly batchId: number;
  /** Where it ended, by read. */
  readonly offsets: OffsetsByRead;
  /** Milliseconds: the watermark that it ran with. What that closes has been given to the sinks; `Infinity` where the input was declared at its end. */
  readonly watermark: number;
}

/**
 * Reads how far a checkpoint is, and takes no hold of it: a query may go on meanwhile, and its purge may remove old entries, so only the newest ones are read. Undefined where
 * the folder is no checkpoint. R7401 where one of these is damaged.
 */
export function committedOffsets(host: Host, directory: string): CommittedOffsets | undefined {
  const metadata = readMetadata(host, directory);
  if (metadata === undefined) return undefined;
  const { queryId, queryName, sources } = metadata;
  const commits = new LogFolder(host, directory, "commits", decodeCommits);
  const offsets = new LogFolder(host, directory, "offsets", decodeOffsets);
  const batchId = commits.numbers().at(-1);
  if (batchId !== undefined) newestEntry(commits, batchId, queryId, `remove it, and its batch is run again: rm ${commits.file(batchId)}`);
  const entry = batchId === undefined ? undefined : newestEntry(offsets, batchId, queryId, startOver(directory));
  return {
    queryName,
    sources,
    newest: entry === undefined ? undefined : { batchId: entry.batchId, offsets: entry.offsets, watermark: entry.evictWatermark },
    begun: begunBatch(offsets, batchId ?? -1, queryId),
  };
}

function newestEntry<Entry extends { readonly batchId: number }>(log: LogFolder<Entry>, batch: number, queryId: string, how: string): Entry {
  const found = log.read(batch, queryId);
  if (isDamagedEntry(found)) throw checkpointError("unreadable", `a file of the checkpoint is damaged: ${found.detail}`, log.file(batch), how);
  return found.entry;
}

/** A newest entry that is damaged was never finished: its batch has not begun. */
function begunBatch(offsets: LogFolder<{ readonly batchId: number }>, committed: number, queryId: string): number | undefined {
  const batch = offsets.numbers().at(-1);
  return batch === undefined || batch <= committed || isDamagedEntry(offsets.read(batch, queryId)) ? undefined : batch;
}
