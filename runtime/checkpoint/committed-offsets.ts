import type { Host } from "../host/host.ts";
import { inspectLogs } from "./inspect-logs.ts";
import { decodeCommits, decodeOffsets } from "./log-codec.ts";
import type { OffsetsByRead } from "./log-entries.ts";
import { isDamagedEntry, LogFolder } from "./log-folder.ts";
import { readMetadata, type SourceIdentity } from "./metadata.ts";

/** Entries of a log that its purge leaves (`Checkpoint`). */
const retained = 100;

/** How far a query has come. */
export interface CommittedOffsets {
  readonly queryName: string;
  readonly sources: readonly SourceIdentity[];
  /** The newest batch that is committed; undefined where none is. */
  readonly batchId: number | undefined;
  /** Where that batch ended, by read. */
  readonly offsets: OffsetsByRead;
  /** Milliseconds: the watermark that batch ran with. What it closes has been given to the sinks; `Infinity` where the input was declared at its end. */
  readonly watermark: number;
  /** A batch that has begun and is not committed: sinks may have some of it. */
  readonly begun: number | undefined;
}

/** Reads how far a checkpoint is, and takes no hold of it: a query may go on meanwhile. Undefined where the folder is no checkpoint. */
export function committedOffsets(host: Host, directory: string): CommittedOffsets | undefined {
  const metadata = readMetadata(host, directory);
  if (metadata === undefined) return undefined;
  const { queryId, queryName, sources } = metadata;
  const offsets = new LogFolder(host, directory, "offsets", decodeOffsets);
  const logs = inspectLogs({ host, directory, queryId, offsets, commits: new LogFolder(host, directory, "commits", decodeCommits), retain: retained });
  const batchId = logs.commits.at(-1)?.entry.batchId;
  const newest = logs.offsets.at(-1)?.entry.batchId;
  const found = batchId === undefined ? undefined : offsets.read(batchId, queryId);
  const entry = found === undefined || isDamagedEntry(found) ? undefined : found.entry;
  return { queryName, sources, batchId, offsets: entry?.offsets ?? {}, watermark: entry?.evictWatermark ?? 0, begun: newest === batchId ? undefined : newest };
}
