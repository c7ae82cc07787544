import type { Chunk } from "../../formats/column-batch.ts";
import { entryOffset, keptBatches, offsetEntry } from "../log-offset.ts";
import type { Offset, SourceContext, SourceLog, StreamSource } from "../source.ts";
import { compressionOf } from "./byte-feed.ts";
import { SourceCleaner } from "./clean-source.ts";
import { cutOffLine } from "./cut-off-line.ts";
import { badSourceSetting, truncatedLine } from "./file-errors.ts";
import type { ListedFile } from "./listing.ts";
import { liesInTarget } from "./manifest-reader.ts";
import { NewFiles } from "./new-files.ts";
import { parentPath } from "./path.ts";
import { readListed } from "./read-listed.ts";
import { SeenFiles } from "./seen-files.ts";
import type { FileLimit, FileStreamSettings } from "./source-settings.ts";

/** Milliseconds between two looks into the folder. */
const pollInterval = 100;

const noLimit: FileLimit = { files: undefined, bytes: undefined };

interface CutOff {
  readonly file: ListedFile;
  readonly offset: number;
}

/**
 * The files of a folder as a stream: each file is taken once, oldest first unless `latestFirst`, and what a batch takes is in the log before the
 * batch is (Spark: FileStreamSource). A file counts as it is when it is first listed: it should come into the folder complete,
 * by renaming. An empty file is left alone until something is in it, and so, with a warning, is one of JSON whose last line stops
 * in the middle. A run that ends leaves such a file to the next one; after `--drain` there is none, so there it is an error, once
 * all whole files are taken. A file that changes after it was taken is not read again, and a warning says so; one that changes
 * between listing and reading is an error.
 */
export class FileStream implements StreamSource {
  readonly description: string;
  readonly #context: SourceContext;
  readonly #settings: FileStreamSettings;
  readonly #seen: SeenFiles;
  readonly #fresh: NewFiles;
  readonly #cleaner: SourceCleaner | undefined;
  /** Files whose last line was cut off when they were last looked at, by absolute path. */
  readonly #cutOff = new Map<string, CutOff>();
  /** Cut-off files that a warning has told of. */
  readonly #warned = new Set<string>();
  /** The newest entry whose files were cleaned; −1 where nothing was since the start. */
  #cleaned = -1;

  constructor(context: SourceContext, log: SourceLog, settings: FileStreamSettings) {
    this.description = `FileSource[${settings.path}]`;
    this.#context = context;
    this.#settings = settings;
    this.#seen = new SeenFiles(log, settings);
    this.#fresh = new NewFiles(context, settings, this.#seen);
    const files = this.#fresh.list();
    const { cleaning } = settings;
    this.#cleaner = cleaning === undefined ? undefined : new SourceCleaner(context.host, settings.path, cleaning.archive, context.warn);
    if (cleaning !== undefined && files.some((file) => liesInTarget(context.host, parentPath(file.absolute)))) {
      throw badSourceSetting("`cleanSource` cannot clean the folder of a file sink, whose manifest lists the files", "leave it out, or read another folder");
    }
  }

  async latest(from: Offset | undefined, batch: number, ignoreLimits: boolean): Promise<Offset | undefined> {
    const covered = from === undefined ? -1 : offsetEntry(from);
    // Whoever died behind a commit may have left the files of that batch.
    this.#clean(covered);
    // An entry of this batch that no offsets hold is of a run that ended in between; the files may have changed since.
    const again = this.#seen.newest === batch && batch > covered;
    const forgotten = again ? this.#seen.forget(batch) : 0;
    this.#seen.purge();
    const { taken, cutOff } = this.#take(ignoreLimits ? noLimit : this.#settings.limit);
    if (taken.length === 0 && cutOff !== undefined && this.#context.isLastRun === true) throw truncatedLine(cutOff.file.path, cutOff.offset);
    if (taken.length > 0 || forgotten > 0) this.#seen.log(batch, taken);
    if (taken.length > 0) return entryOffset(batch);
    const left = again ? covered : this.#seen.newest;
    return left > covered ? entryOffset(left) : from;
  }

  freezeEnd(): Promise<void> {
    this.#fresh.freeze();
    return Promise.resolve();
  }

  async *read(from: Offset | undefined, to: Offset): AsyncGenerator<Chunk, void, undefined> {
    if (from === to) return;
    yield* readListed(this.#context, this.#settings, this.#seen.between(from === undefined ? -1 : offsetEntry(from), offsetEntry(to)));
  }

  commit(to: Offset, batch: number): void {
    this.#clean(offsetEntry(to));
    this.#seen.retire(batch - keptBatches);
  }

  /** For progress: what `cleanSource` has done. */
  get metrics(): Readonly<Record<string, string>> {
    return this.#cleaner?.counts ?? {};
  }

  async waitForData(signal: AbortSignal): Promise<void> {
    await this.#context.host.timers.sleep(pollInterval, signal);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The first whole files, as many as the limit lets in, one at least, and a file that was passed over because it is cut off. */
  #take(limit: FileLimit): { readonly taken: readonly ListedFile[]; readonly cutOff: CutOff | undefined } {
    const { files, take } = this.#fresh.candidates();
    const taken = new Map<string, ListedFile>();
    const passedOver: ListedFile[] = [];
    let cutOff: CutOff | undefined;
    let bytes = 0;
    let at = 0;
    for (; at < files.length && taken.size < (limit.files ?? Infinity); at++) {
      const listed = files[at];
      const file = listed === undefined ? undefined : take(listed);
      if (listed === undefined || file === undefined || taken.has(this.#seen.keyOf(listed))) {
        if (listed !== undefined) passedOver.push(listed);
        continue;
      }
      const offset = this.#cutOffAt(file);
      if (offset !== undefined) {
        passedOver.push(listed);
        cutOff ??= { file, offset };
        continue;
      }
      bytes += file.size;
      if (taken.size > 0 && bytes > (limit.bytes ?? Infinity)) break;
      taken.set(this.#seen.keyOf(file), file);
    }
    this.#fresh.leave(passedOver, files.slice(at), limit);
    return { taken: [...taken.values()], cutOff };
  }

  /** Cleans what the batches up to an entry have read, now that they are committed. */
  #clean(entry: number): void {
    if (this.#cleaner === undefined || entry <= this.#cleaned) return;
    const from = this.#cleaned < 0 ? entry - 1 : this.#cleaned;
    this.#cleaned = entry;
    this.#cleaner.clean(this.#seen.between(from, entry));
  }

  #cutOffAt(file: ListedFile): number | undefined {
    if (this.#context.format !== "json" || this.#context.framing !== undefined || this.#settings.encoding !== undefined || compressionOf(file.path) !== undefined) return undefined;
    const known = this.#cutOff.get(file.absolute);
    if (known !== undefined && known.file.size === file.size && known.file.modified === file.modified) return known.offset;
    const offset = cutOffLine(this.#context.host, file, this.#settings.maxRecordBytes);
    if (offset === undefined) {
      this.#cutOff.delete(file.absolute);
      return undefined;
    }
    this.#cutOff.set(file.absolute, { file, offset });
    if (!this.#warned.has(file.absolute)) {
      this.#warned.add(file.absolute);
      this.#context.warn(`the last line of ${file.path} is cut off (byte ${offset}): the file is left until it is complete; write files under another name and rename them when they are complete`);
    }
    return offset;
  }
}
