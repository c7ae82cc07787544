import type { Chunk } from "../../formats/column-batch.ts";
import { BufferRing } from "../buffer-ring.ts";
import { entryOffset, keptBatches, offsetEntry } from "../log-offset.ts";
import type { Offset, SourceContext, SourceLog, StreamSource } from "../source.ts";
import { pathMissing } from "./file-errors.ts";
import { listFiles, type ListedFile } from "./listing.ts";
import { readLines } from "./read-lines.ts";
import { SeenFiles } from "./seen-files.ts";

export interface FileStreamSettings {
  readonly path: string;
  /** Files of a batch; undefined for all that there are. */
  readonly maxFilesPerTrigger: number | undefined;
  readonly maxRecordBytes: number;
}

/** Milliseconds between two looks into the folder. */
const pollInterval = 100;

/**
 * The files of a folder as a stream: each file is taken once, oldest first, and what a batch takes is in the log before the
 * batch is (Spark: FileStreamSource). A file counts as it is when it is first listed: it should come into the folder complete,
 * by renaming. An empty file is left alone until something is in it; one that changes after it was taken is not read again,
 * and a warning says so; one that changes between listing and reading is an error, and so is a last line of JSON that stops in
 * the middle.
 */
export class FileStream implements StreamSource {
  readonly description: string;
  readonly #context: SourceContext;
  readonly #settings: FileStreamSettings;
  readonly #seen: SeenFiles;
  readonly #changed = new Set<string>();
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
    const fresh = this.#newFiles();
    const limit = ignoreLimits ? undefined : this.#settings.maxFilesPerTrigger;
    const taken = limit === undefined ? fresh : fresh.slice(0, limit);
    if (taken.length > 0 || forgotten > 0) this.#seen.log(batch, taken);
    if (taken.length > 0) return entryOffset(batch);
    const left = again ? covered : this.#seen.newest;
    return left > covered ? entryOffset(left) : from;
  }

  freezeEnd(): Promise<void> {
    this.#frozen = new Set(this.#list().map((file) => file.path));
    return Promise.resolve();
  }

  async *read(from: Offset | undefined, to: Offset): AsyncGenerator<Chunk, void, undefined> {
    if (from === to) return;
    const buffers = new BufferRing();
    const reading = { maxRecordBytes: this.#settings.maxRecordBytes, wholeLastLine: this.#context.format === "json" };
    for (const file of this.#seen.between(from === undefined ? -1 : offsetEntry(from), offsetEntry(to))) {
      yield* readLines(this.#context.host, file, buffers, reading);
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

  #newFiles(): readonly ListedFile[] {
    return this.#list().filter((file) => {
      const seen = this.#seen.get(file.path);
      if (seen === undefined) return file.size > 0 && (this.#frozen?.has(file.path) ?? true);
      if ((seen.size !== file.size || seen.modified !== file.modified) && !this.#changed.has(file.path)) {
        this.#changed.add(file.path);
        this.#context.warn(`${file.path} changed after it was taken into a batch: it is not read again; write files under another name and rename them when they are complete`);
      }
      return false;
    });
  }
}
