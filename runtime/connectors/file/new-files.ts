import type { SourceContext } from "../source.ts";
import { pathMissing } from "./file-errors.ts";
import { listFiles, type ListedFile } from "./listing.ts";
import { locateFile } from "./manifest-reader.ts";
import type { SeenFiles } from "./seen-files.ts";
import type { FileLimit, FileStreamSettings } from "./source-settings.ts";

/** Files that a listing may leave for the batches after it, and how many of a batch's limit they must be, so that batches do not become small (Spark). */
const mostKept = 10_000;
const leastKeptOfLimit = 0.2;

/**
 * The files that a stream has not taken, in the order in which it takes them. What a limit leaves of a listing serves the next
 * batches, so that a full folder is not listed for each of them; with a frozen end one listing serves all (Spark:
 * FileStreamSource.fetchMaxOffset). A file that was listed before is looked at again when its turn comes.
 */
export class NewFiles {
  readonly #context: SourceContext;
  readonly #settings: FileStreamSettings;
  readonly #seen: SeenFiles;
  /** Files that a warning has told of. */
  readonly #changed = new Set<string>();
  /** What is left of an earlier listing. */
  #kept: readonly ListedFile[] | undefined;
  #isFrozen = false;

  constructor(context: SourceContext, settings: FileStreamSettings, seen: SeenFiles) {
    this.#context = context;
    this.#settings = settings;
    this.#seen = seen;
  }

  /** All that is there, in the order of the stream; throws where there is no such path. */
  list(): readonly ListedFile[] {
    const { host } = this.#context;
    const listing = listFiles(host, this.#settings.path);
    if (!listing.found) throw pathMissing(this.#settings.path, host.process.workingDirectory, listing.isPattern);
    return this.#settings.latestFirst ? [...listing.files].reverse() : listing.files;
  }

  /** What is there now is all that there will be. */
  freeze(): void {
    this.#kept = this.list();
    this.#isFrozen = true;
  }

  /** Files that may be taken now, as far as is known; `take` of each tells what it is, or undefined where it is not to be taken. */
  candidates(): { readonly files: readonly ListedFile[]; readonly take: (file: ListedFile) => ListedFile | undefined } {
    const kept = this.#kept;
    const files = (kept ?? this.list()).filter((file) => this.#isNew(file));
    const current = kept === undefined ? (file: ListedFile) => file : (file: ListedFile) => this.#lookAgain(file);
    return {
      files,
      take: (file) => {
        const found = current(file);
        return found !== undefined && found.size > 0 ? found : undefined;
      },
    };
  }

  /** Hands back what a batch has not taken: files that it passed over, and those that its limit left. */
  leave(passedOver: readonly ListedFile[], rest: readonly ListedFile[], limit: FileLimit): void {
    if (this.#isFrozen) this.#kept = [...passedOver, ...rest];
    else this.#kept = rest.length > 0 && !this.#settings.latestFirst && isWorthKeeping(rest, limit) ? rest.slice(0, mostKept) : undefined;
  }

  #lookAgain(file: ListedFile): ListedFile | undefined {
    const found = locateFile(this.#context.host, file.absolute);
    return found?.stat.kind === "file" ? { ...file, size: found.stat.size, modified: found.stat.modified } : undefined;
  }

  #isNew(file: ListedFile): boolean {
    const seen = this.#seen.get(file);
    if (seen === undefined) return this.#seen.isNew(file);
    if (seen.absolute === file.absolute && (seen.size !== file.size || seen.modified !== file.modified) && !this.#changed.has(file.absolute)) {
      this.#changed.add(file.absolute);
      this.#context.warn(`${file.path} changed after it was taken into a batch: it is not read again; write files under another name and rename them when they are complete`);
    }
    return false;
  }
}

function isWorthKeeping(rest: readonly ListedFile[], { files, bytes }: FileLimit): boolean {
  if (files !== undefined) return rest.length >= files * leastKeptOfLimit;
  return bytes !== undefined && rest.reduce((sum, { size }) => sum + size, 0) >= bytes * leastKeptOfLimit;
}
