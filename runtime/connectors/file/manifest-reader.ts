import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import type { FileStat, Host } from "../../host/host.ts";
import { decodeManifest, type ManifestEntry } from "./manifest-codec.ts";
import { isPartitionName } from "./format/partition-folder.ts";
import { compactName, entryName, isPartName, isSwitchedName, metadataFolder, parseManifestName, pendingName } from "./manifest-layout.ts";
import { joinPath, parentPath } from "./path.ts";

/** The manifest of a target folder. */
export interface Manifest {
  /** One a batch, ascending. */
  readonly entries: readonly ManifestEntry[];
  /** Batches whose entries are files of their own, ascending. */
  readonly loose: readonly number[];
  /** The batch of the newest compacted file; −1 where there is none. */
  readonly compacted: number;
  /** Files that a newer compacted file has made superfluous. */
  readonly superseded: readonly string[];
}

/** Times that a reader starts again when the sink compacts the manifest under it. */
const attempts = 20;

/** Reads the manifest of a target: the newest compacted file and the entries after it. `folder` is resolved. */
export function readManifest(host: Host, folder: string): Manifest {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const manifest = tryRead(host, joinPath(folder, metadataFolder));
    if (manifest !== undefined) return manifest;
  }
  throw manifestError(joinPath(folder, metadataFolder), "changes all the time");
}

/** Names of the files that the manifest of a folder holds. */
export function listedInManifest(host: Host, folder: string): readonly string[] {
  return readManifest(host, folder).entries.flatMap((entry) => entry.files.map((file) => file.name));
}

/**
 * Where the bytes of a file are: a sink's file that is committed but whose writer crashed before renaming it is still found
 * under its pending name. One that is renamed between the two looks is found by the third.
 */
export function locateFile(host: Host, path: string): { readonly path: string; readonly stat: FileStat } | undefined {
  const version = isSwitchedName(path) ? hiddenVersion(host, path) : undefined;
  if (version !== undefined) return version;
  const stat = host.fs.stat(path);
  if (stat !== undefined) return { path, stat };
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (!isPartName(name)) return undefined;
  const folder = parentPath(path);
  if (!liesInTarget(host, folder)) return undefined;
  const pending = joinPath(folder, pendingName(name));
  const pendingStat = host.fs.stat(pending);
  if (pendingStat !== undefined) return { path: pending, stat: pendingStat };
  const renamed = host.fs.stat(path);
  return renamed === undefined ? undefined : { path, stat: renamed };
}

/** The newest version of a file that is replaced by versions, where its writer crashed, or is, between its commit and its renaming. */
function hiddenVersion(host: Host, path: string): { readonly path: string; readonly stat: FileStat } | undefined {
  const folder = parentPath(path);
  if (host.fs.stat(joinPath(folder, metadataFolder)) === undefined) return undefined;
  const from = readManifest(host, folder).entries.at(-1)?.files[0]?.from;
  if (from === undefined) return undefined;
  const pending = joinPath(folder, pendingName(from));
  const stat = host.fs.stat(pending);
  return stat === undefined ? undefined : { path: pending, stat };
}

/** Whether a folder is a sink's, or one of its partitions. */
export function liesInTarget(host: Host, folder: string): boolean {
  if (host.fs.stat(joinPath(folder, metadataFolder)) !== undefined) return true;
  return isPartitionName(folder.slice(folder.lastIndexOf("/") + 1)) && liesInTarget(host, parentPath(folder));
}

function tryRead(host: Host, folder: string): Manifest | undefined {
  const names = (host.fs.list(folder) ?? []).flatMap((name) => {
    const parsed = parseManifestName(name);
    return parsed === undefined ? [] : [{ name, ...parsed }];
  });
  const compacted = Math.max(-1, ...names.filter((name) => name.compact).map((name) => name.batch));
  const loose = names.filter((name) => !name.compact && name.batch > compacted).map((name) => name.batch).sort((a, b) => a - b);
  const entries: ManifestEntry[] = [];
  for (const name of [...(compacted < 0 ? [] : [compactName(compacted)]), ...loose.map(entryName)]) {
    const path = joinPath(folder, name);
    const bytes = host.fs.readFile(path);
    if (bytes === undefined) return undefined;
    const decoded = decodeManifest(bytes);
    if (typeof decoded === "string") throw manifestError(path, decoded);
    for (const entry of decoded) entries.push(entry);
  }
  const replacing = entries.findLast((entry) => entry.replaces === true);
  if (replacing !== undefined) {
    const superseded = names.filter((name) => name.batch < replacing.batch).map((name) => name.name);
    return { entries: [replacing], loose: [replacing.batch], compacted: -1, superseded };
  }
  const superseded = names.filter((name) => name.batch < compacted || (name.batch === compacted && !name.compact)).map((name) => name.name);
  return { entries, loose, compacted, superseded };
}

function manifestError(path: string, what: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7306",
    what: `the manifest of a file sink ${what}`,
    where: path,
    how: "restore the folder `_sluice` from a backup; without it nobody knows which files are complete",
  });
}
