import { writeDurably } from "../../checkpoint/durable-file.ts";
import type { Host } from "../../host/host.ts";
import { encodeManifest, type ManifestEntry } from "./manifest-codec.ts";
import { compactName, entryName, metadataFolder } from "./manifest-layout.ts";
import { readManifest } from "./manifest-reader.ts";
import { joinPath } from "./path.ts";

/**
 * Whether a manifest is due to be compacted: after ten batches at first, later after a tenth of what there is, so that the
 * work of a long life stays proportional to its batches; never more than a thousand files lie about.
 */
export function compactionIsDue(looseEntries: number, allEntries: number): boolean {
  return looseEntries >= Math.min(1000, Math.max(10, allEntries / 10));
}

/**
 * Writes one file with all entries up to `newest` and removes those that it replaces; entries that are older than `retention`
 * milliseconds go (Spark: FileStreamSinkLog), their files stay. Gives the number of entries. A crash in between leaves both, which says
 * the same; the next opening removes the rest.
 */
export function compactManifest(host: Host, folder: string, newest: number, retention: number | undefined): number {
  const metadata = joinPath(folder, metadataFolder);
  const manifest = readManifest(host, folder);
  const entries = retention === undefined ? manifest.entries : withoutExpired(manifest.entries, host.clock.now() - retention);
  writeDurably(host, joinPath(metadata, compactName(newest)), encodeManifest(entries), "sink-compact");
  const replaced = [...(manifest.compacted < 0 ? [] : [compactName(manifest.compacted)]), ...manifest.loose.map(entryName)];
  for (const name of replaced) {
    host.fs.remove(joinPath(metadata, name));
    host.fault("sink-compact.entry-removed");
  }
  host.fs.syncDirectory(metadata);
  return entries.length;
}

/** The entries from a time on; one without files stands for those before, so that their files are known not to be strangers. */
function withoutExpired(entries: readonly ManifestEntry[], since: number): readonly ManifestEntry[] {
  const last = entries.findLast(({ time }) => time !== undefined && time < since);
  if (last === undefined) return entries;
  const { batch, time = 0 } = last;
  return [{ batch, files: [], time, expired: true }, ...entries.filter((entry) => entry.batch > batch)];
}
