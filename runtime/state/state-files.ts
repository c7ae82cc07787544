import type { Host } from "../host/host.ts";
import { listCheckpointDirectory } from "../checkpoint/coded-io.ts";
import { joinPath, pathSafeName } from "../checkpoint/paths.ts";
import type { StateChain, StateVersion } from "./state-version.ts";

/** The folder of one partition of one operator, within the checkpoint. */
export function partitionFolder(directory: string, operatorId: string, partition: number): string {
  return joinPath(directory, "state", pathSafeName(operatorId), partition);
}

/** The version that a state file was made for; undefined where the name is not that of a state file. */
export function versionOfName(name: string): number | undefined {
  const match = /^([0-9]{1,15})-[0-9]{1,15}\.(?:delta|snapshot)$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}

/** A state file that is on the disk, whoever lists it. */
export interface StoredStateFile {
  readonly path: string;
  readonly version: number;
}

/** All state files of a checkpoint. */
export function storedStateFiles(host: Host, directory: string): readonly StoredStateFile[] {
  const root = joinPath(directory, "state");
  return foldersIn(host, root).flatMap((operator) => foldersIn(host, operator)).flatMap((folder) => filesIn(host, folder));
}

/** The paths of the files of some versions. */
export function pathsOf(directory: string, versions: Iterable<StateVersion>): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const version of versions) for (const chain of version.chains) addPaths(directory, chain, paths);
  return paths;
}

function addPaths(directory: string, chain: StateChain, paths: Set<string>): void {
  const folder = partitionFolder(directory, chain.operatorId, chain.partition);
  for (const file of chain.files) paths.add(joinPath(folder, file.name));
}

function foldersIn(host: Host, path: string): readonly string[] {
  return [...listCheckpointDirectory(host, path)].sort().map((name) => joinPath(path, name)).filter((each) => host.fs.stat(each)?.kind === "directory");
}

function filesIn(host: Host, folder: string): readonly StoredStateFile[] {
  return [...listCheckpointDirectory(host, folder)].sort().flatMap((name) => {
    const version = versionOfName(name);
    return version === undefined ? [] : [{ path: joinPath(folder, name), version }];
  });
}
