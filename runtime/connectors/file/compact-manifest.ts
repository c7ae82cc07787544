import { writeDurably } from "../../checkpoint/durable-file.ts";
import type { Host } from "../../host/host.ts";
import { encodeManifest } from "./manifest-codec.ts";
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
 * Writes one file with all entries up to `newest` and removes those that it replaces. A crash in between leaves both, which says
 * the same; the next opening removes the rest.
 */
export function compactManifest(host: Host, folder: string, newest: number): void {
  const metadata = joinPath(folder, metadataFolder);
  const manifest = readManifest(host, folder);
  writeDurably(host, joinPath(metadata, compactName(newest)), encodeManifest(manifest.entries), "sink-compact");
  const replaced = [...(manifest.compacted < 0 ? [] : [compactName(manifest.compacted)]), ...manifest.loose.map(entryName)];
  for (const name of replaced) {
    host.fs.remove(joinPath(metadata, name));
    host.fault("sink-compact.entry-removed");
  }
  host.fs.syncDirectory(metadata);
}
