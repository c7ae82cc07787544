import type { Host } from "../host/host.ts";
import { pathsOf, storedStateFiles } from "../state/state-files.ts";
import type { StateVersion } from "../state/state-version.ts";
import { listCheckpointDirectory, removeFromCheckpoint } from "./coded-io.ts";
import { isTemporaryName } from "./durable-file.ts";
import { joinPath } from "./paths.ts";

/** Removes the half-written files that crashed engines left anywhere in a checkpoint. */
export function removeTemporaryFiles(host: Host, directory: string): void {
  for (const name of listCheckpointDirectory(host, directory)) {
    const path = joinPath(directory, name);
    if (isTemporaryName(name)) removeFromCheckpoint(host, path);
    else if (host.fs.stat(path)?.kind === "directory") removeTemporaryFiles(host, path);
  }
}

/**
 * Removes state files that no kept entry of the logs lists and that are at or below the oldest kept version: what superseded attempts
 * and interrupted purges left. Younger ones stay, for they may be of an engine that is not known to be dead.
 */
export function removeUnlistedState(host: Host, directory: string, kept: readonly StateVersion[]): void {
  const oldest = kept.reduce((least, version) => Math.min(least, version.version), Infinity);
  if (oldest === Infinity) return;
  const listed = pathsOf(directory, kept);
  for (const file of storedStateFiles(host, directory)) {
    if (file.version <= oldest && !listed.has(file.path)) removeFromCheckpoint(host, file.path);
  }
}
