import { systemErrorCode } from "../../errors/system-error.ts";
import type { FileStat, Host } from "../../host/host.ts";
import { expandBraces } from "./brace-expansion.ts";
import { cannotRead, compressedFile, patternTooWide } from "./file-errors.ts";
import { listedInManifest, locateFile } from "./manifest-reader.ts";
import { metadataFolder } from "./manifest-layout.ts";
import { hasWildcard, NamePattern } from "./name-pattern.ts";
import { isHiddenName, joinPath, normalizedPath, resolvePath } from "./path.ts";
import { listedFileLost } from "./sink-errors.ts";

/** A file of an input, as it was when it was listed. */
export interface ListedFile {
  /** As the job's path leads to it, for messages: relative to the working directory where that is. */
  readonly path: string;
  /** Which file it is, whatever folder the job is run in and however it writes the path. */
  readonly absolute: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

export interface Listing {
  /** By time of modification, then by path. */
  readonly files: readonly ListedFile[];
  /** Whether the file, the folder, or a pattern's folder is there at all. */
  readonly found: boolean;
  readonly isPattern: boolean;
}

/**
 * The files that a `path` means now: one file; the direct files of a folder, without names that start with `_` or `.`; the
 * files of a pattern, and the direct files of the folders that it finds. A folder that a sink of Sluice wrote is read through
 * its manifest, so that files of superseded attempts are never seen (semantics FS1, FS3).
 */
export function listFiles(host: Host, path: string): Listing {
  try {
    const stat = host.fs.stat(resolvePath(host, path));
    if (stat !== undefined || !hasWildcard(path)) return { files: sorted(filesAt(host, path)), found: stat !== undefined, isPattern: false };
    return listPattern(host, path);
  } catch (error) {
    throw systemErrorCode(error) === undefined ? error : cannotRead(path, error);
  }
}

function listPattern(host: Host, path: string): Listing {
  const alternatives = expandBraces(path);
  if (alternatives === undefined) throw patternTooWide(path);
  const files = new Map<string, ListedFile>();
  let found = false;
  for (const alternative of alternatives) {
    const segments = alternative.split("/").filter((segment) => segment !== "").map((segment) => new NamePattern(segment));
    const root = alternative.startsWith("/") ? "/" : "";
    const fixed = segments.slice(0, segments.findIndex((segment) => segment.literal === undefined));
    const folder = fixed.reduce((prefix, segment) => joinPath(prefix, segment.literal ?? ""), root);
    found ||= host.fs.stat(resolvePath(host, folder === "" ? "." : folder)) !== undefined;
    for (const match of matches(host, root, segments)) for (const file of filesAt(host, match)) files.set(file.absolute, file);
  }
  return { files: sorted([...files.values()]), found, isPattern: true };
}

function matches(host: Host, root: string, segments: readonly NamePattern[]): readonly string[] {
  let prefixes: readonly string[] = [root];
  for (const segment of segments) {
    const literal = segment.literal;
    prefixes = prefixes.flatMap((prefix) => {
      if (literal !== undefined) return [joinPath(prefix, literal)];
      const names = host.fs.list(resolvePath(host, prefix === "" ? "." : prefix)) ?? [];
      return names.filter((name) => segment.matches(name)).map((name) => joinPath(prefix, name));
    });
  }
  return prefixes;
}

function filesAt(host: Host, path: string): readonly ListedFile[] {
  const stat = host.fs.stat(resolvePath(host, path));
  if (stat?.kind === "file") return [listed(host, path, stat)];
  if (stat?.kind !== "directory") return [];
  const names = host.fs.list(resolvePath(host, path)) ?? [];
  const isTarget = names.includes(metadataFolder);
  const visible = isTarget ? listedInManifest(host, resolvePath(host, path)) : names.filter((name) => !isHiddenName(name));
  return visible.flatMap((name) => {
    const file = joinPath(path, name);
    const found = locateFile(host, resolvePath(host, file));
    if (found === undefined && isTarget) throw listedFileLost(file, "is gone");
    return found?.stat.kind === "file" ? [listed(host, file, found.stat)] : [];
  });
}

function listed(host: Host, path: string, { size, modified }: FileStat): ListedFile {
  if (/\.(?:bz2|xz|lz4|snappy|deflate)$/.test(path)) throw compressedFile(path);
  return { path, absolute: normalizedPath(host, path), size, modified };
}

function sorted(files: readonly ListedFile[]): readonly ListedFile[] {
  return [...files].sort((a, b) => a.modified - b.modified || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
