import type { Host } from "../../host/host.ts";
import { expandBraces } from "./brace-expansion.ts";
import { NamePattern } from "./name-pattern.ts";
import { joinPath, normalizedPath } from "./path.ts";

/**
 * Whether a source's path and an archive could meet: as far as the shorter of the two reaches, each name of the archive's path
 * matches the source's (Spark: SourceFileArchiver.assertParameters).
 */
export function overlapsSource(host: Host, sourcePath: string, archive: string): boolean {
  const names = segmentsOf(normalizedPath(host, archive));
  return (expandBraces(sourcePath) ?? [sourcePath]).some((alternative) => {
    const patterns = segmentsOf(normalizedPath(host, alternative));
    return patterns.slice(0, names.length).every((pattern, at) => matches(pattern, names[at] ?? ""));
  });
}

/** Where a file is archived: under its whole path, so that no two files meet there. */
export function archivedPath(host: Host, archive: string, absolute: string): string {
  return joinPath(normalizedPath(host, archive), absolute.slice(1));
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function matches(pattern: string, name: string): boolean {
  return pattern === name || new NamePattern(pattern).matches(name);
}
