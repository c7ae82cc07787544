import type { Host } from "../host/host.ts";
import { checkpointError, startOver } from "../errors/checkpoint-error.ts";
import { SimulatedCrash } from "../errors/simulated-crash.ts";
import { storedStateFiles } from "../state/state-files.ts";
import { CheckpointLock } from "./checkpoint-lock.ts";
import { codingWrites } from "./coded-io.ts";
import { makeDurableDirectory } from "./durable-file.ts";
import { Incarnations } from "./incarnations.ts";
import { inspectLogs, type InspectedLogs } from "./inspect-logs.ts";
import { decodeCommits, decodeOffsets } from "./log-codec.ts";
import type { CommitsEntry, OffsetsEntry } from "./log-entries.ts";
import { LogFolder } from "./log-folder.ts";
import { checkIdentity, createMetadata, readMetadata, replaceMetadata, type CheckpointMetadata, type QueryIdentity } from "./metadata.ts";
import { joinPath } from "./paths.ts";
import { removeTemporaryFiles, removeUnlistedState } from "./remove-leftovers.ts";

/** A checkpoint that was verified and is held by this engine. */
export interface OpenedCheckpoint {
  readonly metadata: CheckpointMetadata;
  readonly incarnation: number;
  readonly incarnations: Incarnations;
  readonly lock: CheckpointLock;
  readonly offsets: LogFolder<OffsetsEntry>;
  readonly commits: LogFolder<CommitsEntry>;
  readonly logs: InspectedLogs;
}

export interface OpenOptions {
  readonly retain: number;
  readonly warn: (message: string) => void;
}

/** Takes hold of a checkpoint: lock, identity, both logs, incarnation; then puts away what crashes left behind. Nothing is changed before all is verified. */
export function openCheckpoint(host: Host, directory: string, identity: QueryIdentity, options: OpenOptions): OpenedCheckpoint {
  return codingWrites(directory, () => {
    makeDurableDirectory(host, directory);
    const lock = CheckpointLock.take(host, directory);
    host.fault("checkpoint.locked");
    try {
      return openLocked(host, directory, identity, options, lock);
    } catch (error) {
      if (!(error instanceof SimulatedCrash)) lock.release();
      throw error;
    }
  });
}

function openLocked(host: Host, directory: string, identity: QueryIdentity, options: OpenOptions, lock: CheckpointLock): OpenedCheckpoint {
  const offsets = new LogFolder(host, directory, "offsets", decodeOffsets);
  const commits = new LogFolder(host, directory, "commits", decodeCommits);
  const hasBatches = (): boolean => offsets.numbers().length > 0 || commits.numbers().length > 0 || storedStateFiles(host, directory).length > 0;
  const metadata = metadataFor(host, directory, identity, hasBatches(), options);
  for (const folder of ["incarnations", "offsets", "commits", "sources", "state"]) {
    const path = joinPath(directory, folder);
    makeDurableDirectory(host, path);
    // A killed engine may have renamed a file here without making the name durable: what is read from now on must not be lost by a failure of power.
    host.fs.syncDirectory(path);
  }
  const logs = inspectLogs({ host, directory, queryId: metadata.queryId, offsets, commits, retain: options.retain });
  const before = [...offsets.numbers(), ...commits.numbers()].join();
  const incarnations = new Incarnations(host, directory);
  const incarnation = incarnations.begin(metadata.queryId, newestIncarnation(logs));
  if ([...offsets.numbers(), ...commits.numbers()].join() !== before) {
    throw checkpointError("writtenByOther", "another engine wrote to the checkpoint while it was opened", directory, "start again: the other engine has been told to stop");
  }
  for (const warning of logs.warnings) options.warn(warning);
  if (logs.torn !== undefined) setAside(host, offsets, logs.torn, incarnation);
  removeTemporaryFiles(host, directory);
  removeUnlistedState(host, directory, [...logs.offsets.map(({ entry }) => entry.base), ...logs.commits.map(({ entry }) => entry.state)]);
  host.fault("checkpoint.recovered");
  return { metadata, incarnation, incarnations, lock, offsets, commits, logs };
}

function metadataFor(host: Host, directory: string, identity: QueryIdentity, hasBatches: boolean, options: OpenOptions): CheckpointMetadata {
  const stored = readMetadata(host, directory);
  if (stored === undefined) {
    if (hasBatches) throw checkpointError("missingFile", "the checkpoint has batches, but its metadata is missing", joinPath(directory, "metadata"), startOver(directory));
    return createMetadata(host, directory, identity);
  }
  if (!hasBatches && stored.queryName === identity.queryName) return replaceMetadata(host, directory, stored, identity);
  checkIdentity(stored, identity, directory);
  const { partitions } = stored.partitioning;
  if (partitions !== identity.statePartitions) {
    options.warn(`the checkpoint ${directory} has ${partitions} state partitions, which stay: the option statePartitions = ${identity.statePartitions} is for new checkpoints`);
  }
  return stored;
}

function setAside(host: Host, offsets: LogFolder<OffsetsEntry>, batch: number, incarnation: number): void {
  host.fs.rename(offsets.file(batch), `${offsets.file(batch)}.torn-${incarnation}`);
  host.fs.syncDirectory(offsets.path);
}

function newestIncarnation(logs: InspectedLogs): number {
  return [...logs.offsets, ...logs.commits].reduce((newest, { incarnation }) => Math.max(newest, incarnation), 0);
}
