import type { Host } from "../host/host.ts";
import { checkpointError, startOver } from "../errors/checkpoint-error.ts";
import { storedStateFiles } from "../state/state-files.ts";
import type { FileDamage } from "./file-format.ts";
import type { CommitsEntry, OffsetsEntry } from "./log-entries.ts";
import { isDamagedEntry, type LoggedEntry, type LogFolder } from "./log-folder.ts";

/** The logs of a checkpoint as they were found, whole and in order. */
export interface InspectedLogs {
  /** Ascending, without a gap. */
  readonly offsets: readonly LoggedEntry<OffsetsEntry>[];
  /** Ascending. */
  readonly commits: readonly LoggedEntry<CommitsEntry>[];
  /** A newest entry of `offsets/` that was never finished: its batch did not start. */
  readonly torn: number | undefined;
  readonly warnings: readonly string[];
}

/** What is inspected. */
export interface LogsToInspect {
  readonly host: Host;
  readonly directory: string;
  readonly queryId: string;
  readonly offsets: LogFolder<OffsetsEntry>;
  readonly commits: LogFolder<CommitsEntry>;
  /** Entries that a purge leaves; older ones may be there in part. */
  readonly retain: number;
}

/**
 * Reads both logs and holds them against what must be true of them: offsets without a gap, no commit
 * newer than the newest offsets, no state of a batch that has no offsets. Only reads. A newest offsets entry that is damaged
 * while nothing was done for its batch counts as never written; any other damage stops the query.
 */
export function inspectLogs(input: LogsToInspect): InspectedLogs {
  const warnings: string[] = [];
  const commits = readCommits(input);
  const { entries, torn } = readOffsets(input, commits.at(-1)?.entry.batchId ?? -1);
  const offsets = withoutGap(input, entries);
  const newest = offsets.at(-1)?.entry.batchId ?? -1;
  const committed = commits.at(-1)?.entry.batchId ?? -1;
  if (committed > newest) throw commitsAhead(input, committed, newest);
  const state = newestStateVersion(input);
  if (state > newest + 1) throw batchWithoutOffsets(input, state - 1, newest);
  if (torn !== undefined) warnings.push(`the entry ${input.offsets.file(torn)} was not finished when the machine stopped: batch ${torn} had not started and is planned anew`);
  if (newest - committed > 1) {
    const missing = committed < 0 ? "no batch is committed" : `the newest commit is of batch ${committed}`;
    warnings.push(`the newest batch in ${input.offsets.path} is ${newest}, but ${missing}: only batch ${newest} is run again`);
  }
  return { offsets, commits, torn, warnings };
}

function readCommits(input: LogsToInspect): readonly LoggedEntry<CommitsEntry>[] {
  return input.commits.numbers().map((batch) => {
    const entry = input.commits.read(batch, input.queryId);
    if (!isDamagedEntry(entry)) return entry;
    const path = input.commits.file(batch);
    throw checkpointError("unreadable", `a file of the checkpoint is damaged: ${entry.detail}`, path, `remove it, and its batch is run again if it is the newest: rm ${path}`);
  });
}

function readOffsets(input: LogsToInspect, committed: number): { readonly entries: readonly LoggedEntry<OffsetsEntry>[]; readonly torn: number | undefined } {
  const numbers = input.offsets.numbers();
  const newest = numbers.at(-1);
  const entries: LoggedEntry<OffsetsEntry>[] = [];
  let torn: number | undefined;
  for (const batch of numbers) {
    const entry = input.offsets.read(batch, input.queryId);
    if (!isDamagedEntry(entry)) entries.push(entry);
    else if (batch === newest && batch > committed && newestStateVersion(input) <= batch) torn = batch;
    else throw damagedOffsets(input, batch, entry, batch === newest);
  }
  return { entries, torn };
}

function withoutGap(input: LogsToInspect, entries: readonly LoggedEntry<OffsetsEntry>[]): readonly LoggedEntry<OffsetsEntry>[] {
  const newest = entries.at(-1)?.entry.batchId ?? -1;
  let first = entries.length - 1;
  while (first > 0 && entries[first - 1]?.entry.batchId === (entries[first]?.entry.batchId ?? 0) - 1) first--;
  const before = entries[first - 1]?.entry.batchId;
  const after = entries[first]?.entry.batchId ?? 0;
  if (before === undefined || before <= newest - input.retain) return entries.slice(Math.max(first, 0));
  const missing = before + 1 === after - 1 ? `the entry of batch ${before + 1} is missing` : `the entries of batches ${before + 1} to ${after - 1} are missing`;
  throw checkpointError("offsetsGap", `${missing}: expected every batch from ${entries[0]?.entry.batchId ?? 0} to ${newest}`, input.offsets.file(before + 1), startOver(input.directory));
}

function damagedOffsets(input: LogsToInspect, batch: number, damage: FileDamage, isNewest: boolean): Error {
  const path = input.offsets.file(batch);
  const how = isNewest
    ? startOver(input.directory)
    : `remove it and every older file of ${input.offsets.path}: the newest one is enough to go on from`;
  return checkpointError("unreadable", `a file of the checkpoint is damaged: ${damage.detail}`, path, how);
}

function commitsAhead(input: LogsToInspect, committed: number, newest: number): Error {
  const found = newest < 0 ? "there are no offsets at all" : `the newest offsets are of batch ${newest}`;
  return checkpointError("commitsAheadOfOffsets", `the commits are ahead of the offsets: batch ${committed} is committed, but ${found}`, input.offsets.file(committed), startOver(input.directory));
}

function batchWithoutOffsets(input: LogsToInspect, batch: number, newest: number): Error {
  const found = newest < 0 ? "there are no offsets at all" : `the newest offsets are of batch ${newest}`;
  return checkpointError("batchWithoutOffsets", `the checkpoint has state of batch ${batch}, but ${found}`, input.offsets.file(batch), startOver(input.directory));
}

function newestStateVersion(input: LogsToInspect): number {
  return storedStateFiles(input.host, input.directory).reduce((newest, file) => Math.max(newest, file.version), 0);
}
