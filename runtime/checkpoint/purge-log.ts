import type { Host } from "../host/host.ts";
import { pathsOf } from "../state/state-files.ts";
import type { StateVersion } from "../state/state-version.ts";
import { removeFromCheckpoint } from "./coded-io.ts";
import type { CommitsEntry, OffsetsEntry } from "./log-entries.ts";
import type { LogFolder } from "./log-folder.ts";

/** How many entries of a log a purge leaves, where nothing else is said. */
export const usualRetention = 100;

/** The entries of a log that are kept, by batch, with the state version that each lists. */
export interface KeptVersions {
  /** `base` of the offsets. */
  readonly offsets: Map<number, StateVersion>;
  /** `state` of the commits. */
  readonly commits: Map<number, StateVersion>;
}

/**
 * Removes the entries of batches below `first`, oldest first, so that a crash between two leaves no gap; then the state files that only
 * they listed. A file that the oldest kept version does not list is not listed by a later one either.
 */
export function purgeLogs(host: Host, directory: string, logs: { readonly offsets: LogFolder<OffsetsEntry>; readonly commits: LogFolder<CommitsEntry> }, kept: KeptVersions, first: number): void {
  const dropped: StateVersion[] = [];
  dropBelow(kept.offsets, first, dropped, (batch) => {
    removeFromCheckpoint(host, logs.offsets.file(batch));
    host.fault("purge.offsets-removed");
  });
  dropBelow(kept.commits, first, dropped, (batch) => {
    removeFromCheckpoint(host, logs.commits.file(batch));
    host.fault("purge.commits-removed");
  });
  const listed = pathsOf(directory, [...kept.offsets.values(), ...kept.commits.values()].slice(0, 1));
  for (const path of pathsOf(directory, dropped)) {
    if (listed.has(path)) continue;
    removeFromCheckpoint(host, path);
    host.fault("purge.state-removed");
  }
}

function dropBelow(versions: Map<number, StateVersion>, first: number, dropped: StateVersion[], remove: (batch: number) => void): void {
  for (const [batch, version] of versions) {
    if (batch >= first) return;
    remove(batch);
    versions.delete(batch);
    dropped.push(version);
  }
}
