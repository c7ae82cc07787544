import { isTemporaryName, makeDurableDirectory, writeDurably } from "../../checkpoint/durable-file.ts";
import { systemErrorCode } from "../../errors/system-error.ts";
import type { Host } from "../../host/host.ts";
import { isPartitionName } from "./format/partition-folder.ts";
import { batchOfPart, isPartName, isPendingName, isSwitchedName, metadataFolder, ownerFile, partOfPending } from "./manifest-layout.ts";
import { locateFile, readManifest, type Manifest } from "./manifest-reader.ts";
import { joinPath, parentPath } from "./path.ts";
import { sameContent } from "./same-content.ts";
import { listedFileLost, targetIsNoFolder, targetNotEmpty, targetOfOtherKind, targetTaken, unknownParts } from "./sink-errors.ts";

/** Who opens a target. */
export interface TargetClaim {
  readonly query: string;
  /** Undefined for a bounded run. */
  readonly checkpoint: string | undefined;
  /** Those that it was divided from: their folders are this one's now. Its batches have greater numbers than all of theirs. */
  readonly former: readonly string[];
  readonly bounded: boolean;
  /** Whether each batch takes the place of what is there. */
  readonly replaces: boolean;
}

/**
 * Makes a folder the target of one query: creates it where it is not there, checks that it is this query's and that the newest
 * committed files are whole, finishes the renames of a batch that was committed when the process died, and removes what
 * uncommitted batches left. Gives the manifest.
 */
export function openTarget(host: Host, folder: string, claim: TargetClaim): Manifest {
  const stat = host.fs.stat(folder);
  if (stat !== undefined && stat.kind !== "directory") throw targetIsNoFolder(folder);
  const names = namesWithin(host, folder, "");
  const owner = readOwner(host, folder);
  if (owner === undefined) {
    claimFolder(host, folder, names, claim);
  } else {
    const isFormer = owner.query === claim.query && owner.checkpoint !== null && claim.former.includes(owner.checkpoint);
    if (isFormer) writeOwner(host, folder, claim, true);
    else checkOwner(folder, owner, claim);
    // A killed process may have renamed a file here without making the name durable: a failure of power must not take away what is gone on from.
    for (const path of [folder, joinPath(folder, metadataFolder)]) host.fs.syncDirectory(path);
  }
  const manifest = readManifest(host, folder);
  const [entry] = manifest.entries;
  if (entry !== undefined && (entry.replaces === true) !== claim.replaces) throw claim.bounded ? targetNotEmpty(folder) : targetOfOtherKind(folder, claim.replaces);
  if (claim.bounded && !claim.replaces && (manifest.entries.length > 0 || names.some((name) => name !== metadataFolder && !isPendingName(name)))) throw targetNotEmpty(folder);
  checkNewest(host, folder, manifest);
  cleanUp(host, folder, names, manifest);
  return manifest;
}

/**
 * The batches since the last compaction, the newest in any case, must have their files, visible or still hidden: older ones may
 * have been taken away by whoever reads them.
 */
function checkNewest(host: Host, folder: string, manifest: Manifest): void {
  const newest = manifest.entries.slice(-Math.max(1, manifest.loose.length));
  for (const { name, bytes } of newest.flatMap((entry) => entry.files)) {
    const path = joinPath(folder, name);
    const found = locateFile(host, path);
    if (found?.stat.kind !== "file") throw listedFileLost(path, "is gone");
    if (found.stat.size !== bytes) throw listedFileLost(path, `has another size: ${bytes} bytes when it was written, ${found.stat.size} now`);
  }
}

interface Owner {
  readonly query: string;
  readonly checkpoint: string | null;
}

function readOwner(host: Host, folder: string): Owner | undefined {
  const path = joinPath(joinPath(folder, metadataFolder), ownerFile);
  const bytes = host.fs.readFile(path);
  if (bytes === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    value = undefined;
  }
  if (typeof value === "object" && value !== null && "query" in value && "checkpoint" in value) {
    const { query, checkpoint } = value;
    if (typeof query === "string" && (typeof checkpoint === "string" || checkpoint === null)) return { query, checkpoint };
  }
  throw targetTaken(folder, `someone whom ${metadataFolder}/${ownerFile} does not name`);
}

function checkOwner(folder: string, owner: Owner, claim: TargetClaim): void {
  if (owner.query !== claim.query) throw targetTaken(folder, `the query \`${owner.query}\``);
  // A bounded run replaces what bounded runs have written; a query that goes on counts its batches there.
  if (claim.bounded && claim.replaces && owner.checkpoint !== null) throw targetTaken(folder, `\`${owner.query}\` with a checkpoint (${owner.checkpoint})`);
  if (claim.checkpoint === undefined || claim.checkpoint === owner.checkpoint) return;
  throw targetTaken(folder, owner.checkpoint === null ? `a bounded run of \`${owner.query}\`` : `\`${owner.query}\` with another checkpoint (${owner.checkpoint})`);
}

function claimFolder(host: Host, folder: string, names: readonly string[], claim: TargetClaim): void {
  if (claim.bounded && names.some((name) => name !== metadataFolder)) throw targetNotEmpty(folder);
  const part = names.find((name) => isPartName(name) || isPendingName(name));
  if (part !== undefined) throw unknownParts(folder, part);
  const metadata = joinPath(folder, metadataFolder);
  makeDurableDirectory(host, metadata);
  if (readManifest(host, folder).entries.length > 0) throw targetTaken(folder, `someone whose ${metadataFolder}/${ownerFile} is lost`);
  try {
    writeOwner(host, folder, claim, false);
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") throw targetTaken(folder, "another query that was started at the same time");
    throw error;
  }
}

function writeOwner(host: Host, folder: string, claim: TargetClaim, replace: boolean): void {
  const owner: Owner = { query: claim.query, checkpoint: claim.checkpoint ?? null };
  writeDurably(host, joinPath(joinPath(folder, metadataFolder), ownerFile), new TextEncoder().encode(`${JSON.stringify(owner)}\n`), "sink-owner", replace);
}

function cleanUp(host: Host, folder: string, names: readonly string[], manifest: Manifest): void {
  const committed = new Set(manifest.entries.flatMap((entry) => entry.files.map((file) => file.name)));
  const expired = Math.max(-1, ...manifest.entries.filter((entry) => entry.expired === true).map((entry) => entry.batch));
  const strays = names.filter((name) => isPartName(name) && !committed.has(name) && batchOfPart(name) > expired);
  // A version in another format, which the newest one has replaced.
  const replaced = manifest.entries[0]?.replaces === true ? strays.filter(isSwitchedName) : [];
  const stray = strays.find((name) => !replaced.includes(name));
  if (stray !== undefined) throw unknownParts(folder, stray);
  const versions = new Map(manifest.entries.flatMap(({ files }) => files.flatMap(({ name, from }) => (from === undefined ? [] : [[from, name] as const]))));
  const pending = names.filter(isPendingName);
  for (const name of pending) {
    const part = partOfPending(name);
    const switched = versions.get(part);
    if (switched !== undefined) host.fs.rename(joinPath(folder, name), joinPath(folder, switched));
    else if (committed.has(part)) finishRename(host, joinPath(folder, name), joinPath(folder, part));
    else host.fs.remove(joinPath(folder, name));
    host.fault("sink-target.cleaned");
  }
  for (const name of replaced) host.fs.remove(joinPath(folder, name));
  for (const changed of new Set([...pending, ...replaced].map((name) => parentPath(joinPath(folder, name))))) host.fs.syncDirectory(changed);
  const metadata = joinPath(folder, metadataFolder);
  const rubbish = [...manifest.superseded, ...(host.fs.list(metadata) ?? []).filter(isTemporaryName)];
  for (const name of rubbish) host.fs.remove(joinPath(metadata, name));
  if (rubbish.length > 0) host.fs.syncDirectory(metadata);
}

/** What lies in the folder; of the folders of partitions, what lies in them. */
function namesWithin(host: Host, folder: string, prefix: string): readonly string[] {
  return (host.fs.list(folder) ?? []).flatMap((name) => {
    const path = joinPath(folder, name);
    return isPartitionName(name) && host.fs.stat(path)?.kind === "directory" ? namesWithin(host, path, `${prefix}${name}/`) : [`${prefix}${name}`];
  });
}

/** Gives a committed file its visible name, or takes the hidden one away where the process died between the two. */
function finishRename(host: Host, pending: string, visible: string): void {
  if (host.fs.stat(visible) === undefined) return host.fs.renameWithoutReplace(pending, visible);
  if (!sameContent(host, pending, visible)) throw listedFileLost(visible, "is there twice, hidden and visible, with different content");
  host.fs.remove(pending);
}
