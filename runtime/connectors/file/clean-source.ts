import { makeDurableDirectory } from "../../checkpoint/durable-file.ts";
import { SimulatedCrash } from "../../errors/simulated-crash.ts";
import type { Host } from "../../host/host.ts";
import { describeSystemError, systemErrorCode } from "../../errors/system-error.ts";
import { archivedPath } from "./archive-place.ts";
import type { ListedFile } from "./listing.ts";
import { liesInTarget } from "./manifest-reader.ts";
import { hasWildcard } from "./name-pattern.ts";
import { normalizedPath, parentPath } from "./path.ts";
import { sameContent } from "./same-content.ts";

/**
 * Deletes the files of committed batches, or moves them into the archive (Spark: FileStreamSource's cleaners). A file that is no
 * longer what was read stays, and so does one that a link leads out of the source's folder to. What does not work is told of and
 * counted, and fails no query.
 */
export class SourceCleaner {
  readonly #host: Host;
  readonly #path: string;
  readonly #archive: string | undefined;
  readonly #warn: (message: string) => void;
  #cleaned = 0;
  #left = 0;

  /** `archive` undefined: files are deleted. */
  constructor(host: Host, path: string, archive: string | undefined, warn: (message: string) => void) {
    this.#host = host;
    this.#path = path;
    this.#archive = archive;
    this.#warn = warn;
  }

  /** Files cleaned since the start, and files that could not be. */
  get counts(): Readonly<Record<string, string>> {
    return { numFilesCleaned: String(this.#cleaned), numFilesNotCleaned: String(this.#left) };
  }

  clean(files: readonly ListedFile[]): void {
    for (const file of files) {
      try {
        this.#cleanFile(file);
      } catch (error) {
        if (error instanceof SimulatedCrash) throw error;
        this.#leave(file, systemErrorCode(error) === undefined ? String(error) : describeSystemError(error));
      }
    }
  }

  #cleanFile(file: ListedFile): void {
    const { fs } = this.#host;
    const stat = fs.stat(file.absolute);
    if (stat?.kind !== "file" || stat.size !== file.size || stat.modified !== file.modified) return;
    if (!this.#liesInside(file.absolute)) return this.#leave(file, "a link leads out of the source's folder");
    if (liesInTarget(this.#host, parentPath(file.absolute))) return this.#leave(file, "it belongs to a sink");
    if (this.#archive === undefined) fs.remove(file.absolute);
    else if (!this.#move(file.absolute, archivedPath(this.#host, this.#archive, file.absolute))) return this.#leave(file, "the archive holds another file of its name");
    this.#cleaned++;
    this.#host.fault("source-file.cleaned");
  }

  /** Whether the file could be moved; one that a killed process left under both names is taken away. */
  #move(from: string, to: string): boolean {
    const { fs } = this.#host;
    makeDurableDirectory(this.#host, parentPath(to));
    if (fs.stat(to) === undefined) fs.renameWithoutReplace(from, to);
    else if (sameContent(this.#host, from, to)) fs.remove(from);
    else return false;
    fs.syncDirectory(parentPath(to));
    return true;
  }

  #liesInside(absolute: string): boolean {
    const folder = this.#host.fs.realPath(parentPath(absolute));
    const base = this.#host.fs.realPath(fixedFolder(this.#host, this.#path));
    return folder !== undefined && base !== undefined && `${folder}/`.startsWith(base === "/" ? base : `${base}/`);
  }

  #leave(file: ListedFile, why: string): void {
    this.#left++;
    this.#warn(`${file.path} could not be ${this.#archive === undefined ? "deleted" : "archived"} after its batch: ${why}`);
  }
}

/** The folder below which all that a path finds lies: that of a file, a folder itself, of a pattern what stands before the first wildcard. */
function fixedFolder(host: Host, path: string): string {
  const absolute = normalizedPath(host, path);
  const kind = host.fs.stat(absolute)?.kind;
  if (kind === "directory") return absolute;
  if (kind === "file" || !hasWildcard(path)) return parentPath(absolute);
  const segments = absolute.split("/");
  return segments.slice(0, segments.findIndex((segment) => hasWildcard(segment))).join("/") || "/";
}
