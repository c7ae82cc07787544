import type { Chunk } from "../../formats/column-batch.ts";
import { lineFraming } from "../../formats/framing.ts";
import { BufferRing } from "../buffer-ring.ts";
import { entryOffset, keptBatches, offsetEntry } from "../log-offset.ts";
import type { Offset, SourceContext, SourceLog, StreamSource } from "../source.ts";
import { compressionOf } from "./byte-feed.ts";
import { cutOffLine } from "./cut-off-line.ts";
import { pathMissing, truncatedLine } from "./file-errors.ts";
import { listFiles, type ListedFile } from "./listing.ts";
import { readRecords } from "./read-records.ts";
import { SeenFiles } from "./seen-files.ts";

export interface FileStreamSettings {
  readonly path: string;
  /** Undefined: UTF-8. */
  readonly encoding: string | undefined;
  /** Files of a batch; undefined for all that there are. */
  readonly maxFilesPerTrigger: number | undefined;
  readonly maxRecordBytes: number;
}

/** Milliseconds between two looks into the folder. */
const pollInterval = 100;

/**
 * The files of a folder as a stream: each file is taken once, oldest first, and what a batch takes is in the log before the
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
  readonly #changed = new Set<string>();
  /** Files whose last line was cut off when they were last looked at, by absolute path. */
  readonly #cutOff = new Map<string, { readonly file: ListedFile; readonly offset: number }>();
  /** Cut-off files that a warning has told of. */
  readonly #warned = new Set<string>();
  #frozen: ReadonlySet<string> | undefined;

  constructor(context: SourceContext, log: SourceLog, settings: FileStreamSettings) {
    this.description = `FileSource[${settings.path}]`;
    this.#context = context;
    this.#settings = settings;
    this.#list();
    this.#seen = new SeenFiles(log);
  }

  async latest(from: Offset | undefined, batch: number, ignoreLimits: boolean): Promise<Offset | undefined> {
    const covered = from === undefined ? -1 : offsetEntry(from);
    // An entry of this batch that no offsets hold is of a run that ended in between; the files may have changed since.
    const again = this.#seen.newest === batch && batch > covered;
    const forgotten = again ? this.#seen.forget(batch) : 0;
    const { taken, cutOff } = this.#take(this.#newFiles(), ignoreLimits ? Infinity : (this.#settings.maxFilesPerTrigger ?? Infinity));
    if (taken.length === 0 && cutOff !== undefined && this.#context.isLastRun === true) throw truncatedLine(cutOff.file.path, cutOff.offset);
    if (taken.length > 0 || forgotten > 0) this.#seen.log(batch, taken);
    if (taken.length > 0) return entryOffset(batch);
    const left = again ? covered : this.#seen.newest;
    return left > covered ? entryOffset(left) : from;
  }

  freezeEnd(): Promise<void> {
    this.#frozen = new Set(this.#list().map((file) => file.absolute));
    return Promise.resolve();
  }

  async *read(from: Offset | undefined, to: Offset): AsyncGenerator<Chunk, void, undefined> {
    if (from === to) return;
    const buffers = new BufferRing();
    for (const file of this.#seen.between(from === undefined ? -1 : offsetEntry(from), offsetEntry(to))) {
      yield* readRecords(this.#context.host, file, buffers, { framing: this.#context.framing ?? lineFraming, encoding: this.#settings.encoding, maxRecordBytes: this.#settings.maxRecordBytes });
    }
  }

  commit(_to: Offset, batch: number): void {
    this.#seen.retire(batch - keptBatches);
  }

  async waitForData(signal: AbortSignal): Promise<void> {
    await this.#context.host.timers.sleep(pollInterval, signal);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #list(): readonly ListedFile[] {
    const { host } = this.#context;
    const listing = listFiles(host, this.#settings.path);
    if (!listing.found) throw pathMissing(this.#settings.path, host.process.workingDirectory, listing.isPattern);
    return listing.files;
  }

  /** The first whole files, as many as the limit lets in, and a file that was passed over because it is cut off. */
  #take(fresh: readonly ListedFile[], limit: number): { readonly taken: readonly ListedFile[]; readonly cutOff: { readonly file: ListedFile; readonly offset: number } | undefined } {
    const taken: ListedFile[] = [];
    let cutOff: { readonly file: ListedFile; readonly offset: number } | undefined;
    for (const file of fresh) {
      if (taken.length >= limit) break;
      const offset = this.#cutOffAt(file);
      if (offset === undefined) taken.push(file);
      else cutOff ??= { file, offset };
    }
    return { taken, cutOff };
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

  #newFiles(): readonly ListedFile[] {
    return this.#list().filter((file) => {
      const seen = this.#seen.get(file.absolute);
      if (seen === undefined) return file.size > 0 && (this.#frozen?.has(file.absolute) ?? true);
      if ((seen.size !== file.size || seen.modified !== file.modified) && !this.#changed.has(file.absolute)) {
        this.#changed.add(file.absolute);
        this.#context.warn(`${file.path} changed after it was taken into a batch: it is not read again; write files under another name and rename them when they are complete`);
      }
      return false;
    });
  }
}
