import type { SourceLog } from "../source.ts";
import { badSourceEntry } from "./file-errors.ts";
import type { ListedFile } from "./listing.ts";

/** Entries between two that hold all seen files; few while little has been seen, so that a log is read quickly. */
const fewestBetween = 10;
const mostBetween = 50;

/** A seen file and the batch that it was logged for; −1 where only a later entry's list of earlier files tells of it. */
interface Seen extends ListedFile {
  readonly entry: number;
}

/** How files are told apart, and for how long they are remembered. */
export interface SeenFilesSettings {
  /** A file is known by its name alone, in whatever folder it lies. */
  readonly fileNameOnly: boolean;
  /** Milliseconds behind the newest file taken: older ones are forgotten and never taken. Undefined: all are remembered. */
  readonly maxFileAge: number | undefined;
}

/**
 * Which files a stream has taken, told apart by their absolute paths or by their names, and in which batch: entry N of the source's
 * log lists the files of batch N, and every 10th to 50th also those of all batches before, so that older entries may go. It is
 * written before `offsets/N`; an entry without `offsets/N` is what a crash between the two leaves (semantics FS2). Ages are relative
 * to the newest file taken, not to the clock, and count since the last purge (Spark: FileStreamSource.SeenFilesMap).
 */
export class SeenFiles {
  readonly #log: SourceLog;
  readonly #settings: SeenFilesSettings;
  readonly #seen = new Map<string, Seen>();
  /** Milliseconds since the epoch: the newest file taken, and what the last purge went down to. */
  #newestFile = -Infinity;
  #oldestKept = -Infinity;
  /** Entries that hold all seen files, ascending. */
  #full: readonly number[] = [];
  #newest = -1;
  #sinceFull = 0;

  constructor(log: SourceLog, settings: SeenFilesSettings = { fileNameOnly: false, maxFileAge: undefined }) {
    this.#log = log;
    this.#settings = settings;
    const tail: { entry: number; payload: Payload }[] = [];
    for (const entry of [...log.entries()].reverse()) {
      const payload = readPayload(log, entry);
      tail.push({ entry, payload });
      if (payload.earlier !== undefined) break;
    }
    for (const { entry, payload } of tail.reverse()) {
      this.#sinceFull = payload.earlier === undefined ? this.#sinceFull + 1 : 0;
      if (payload.earlier !== undefined) this.#full = [...this.#full, entry];
      this.#add(-1, payload.earlier ?? []);
      this.#add(entry, payload.files);
    }
  }

  /** The newest entry; −1 where there is none. */
  get newest(): number {
    return this.#newest;
  }

  /** Files that are remembered. */
  get size(): number {
    return this.#seen.size;
  }

  /** What tells a file from others. */
  keyOf({ absolute }: ListedFile): string {
    return this.#settings.fileNameOnly ? absolute.slice(absolute.lastIndexOf("/") + 1) : absolute;
  }

  /** The file as it was when it was taken; undefined where it was not. */
  get(file: ListedFile): ListedFile | undefined {
    return this.#seen.get(this.keyOf(file));
  }

  /** Whether a file may be taken: it was not, and is not too old. */
  isNew(file: ListedFile): boolean {
    return file.modified >= this.#oldestKept && !this.#seen.has(this.keyOf(file));
  }

  /** Forgets what entry `entry` listed, because it is about to be planned again; the number of its files. */
  forget(entry: number): number {
    const before = this.#seen.size;
    for (const [key, file] of this.#seen) if (file.entry === entry) this.#seen.delete(key);
    this.#newestFile = -Infinity;
    for (const { modified } of this.#seen.values()) this.#newestFile = Math.max(this.#newestFile, modified);
    return before - this.#seen.size;
  }

  /** Forgets the files that have become too old, which from now on are not new either. */
  purge(): void {
    const { maxFileAge } = this.#settings;
    if (maxFileAge === undefined || this.#newestFile - maxFileAge === this.#oldestKept) return;
    this.#oldestKept = this.#newestFile - maxFileAge;
    for (const [key, { modified }] of this.#seen) if (modified < this.#oldestKept) this.#seen.delete(key);
  }

  /** Writes entry `entry` durably. */
  log(entry: number, files: readonly ListedFile[]): void {
    const full = this.#sinceFull + 1 >= Math.min(mostBetween, Math.max(fewestBetween, this.#seen.size / 200));
    this.#log.write(entry, encode({ files, earlier: full ? [...this.#seen.values()] : undefined }));
    this.#sinceFull = full ? 0 : this.#sinceFull + 1;
    if (full) this.#full = [...this.#full.filter((other) => other < entry), entry];
    this.#add(entry, files);
  }

  /** Lets go of the entries before `batch`, as far as a later one tells of their files. */
  retire(batch: number): void {
    const kept = this.#full.findLast((entry) => entry <= batch);
    if (kept === undefined || this.#full[0] === kept) return;
    this.#full = this.#full.filter((entry) => entry >= kept);
    this.#log.removeBelow?.(kept);
  }

  /** The files of the entries in (from, to], batch by batch. */
  between(from: number, to: number): readonly ListedFile[] {
    if (!this.#log.entries().includes(to)) throw badSourceEntry(to, "is missing");
    return this.#log
      .entries()
      .filter((entry) => entry > from && entry <= to)
      .flatMap((entry) => readPayload(this.#log, entry).files);
  }

  #add(entry: number, files: readonly ListedFile[]): void {
    for (const { path, absolute, size, modified } of files) {
      const file = { path, absolute, size, modified, entry };
      this.#seen.set(this.keyOf(file), file);
      this.#newestFile = Math.max(this.#newestFile, modified);
    }
    this.#newest = Math.max(this.#newest, entry);
  }
}

interface Payload {
  readonly files: readonly ListedFile[];
  readonly earlier: readonly ListedFile[] | undefined;
}

function encode(payload: Payload): Uint8Array {
  const plain = ({ path, absolute, size, modified }: ListedFile): ListedFile => ({ path, absolute, size, modified });
  const value = { files: payload.files.map(plain), ...(payload.earlier === undefined ? {} : { earlier: payload.earlier.map(plain) }) };
  return new TextEncoder().encode(JSON.stringify(value));
}

function readPayload(log: SourceLog, entry: number): Payload {
  const bytes = log.read(entry);
  if (bytes === undefined) throw badSourceEntry(entry, "is missing");
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw badSourceEntry(entry, "cannot be understood");
  }
  if (typeof value !== "object" || value === null || !("files" in value)) throw badSourceEntry(entry, "cannot be understood");
  return { files: filesOf(value.files, entry), earlier: "earlier" in value ? filesOf(value.earlier, entry) : undefined };
}

function filesOf(value: unknown, entry: number): readonly ListedFile[] {
  if (!Array.isArray(value)) throw badSourceEntry(entry, "cannot be understood");
  return value.map((file: unknown): ListedFile => {
    if (typeof file === "object" && file !== null && "path" in file && "absolute" in file && "size" in file && "modified" in file) {
      const { path, absolute, size, modified } = file;
      if (typeof path === "string" && typeof absolute === "string" && typeof size === "number" && typeof modified === "number") return { path, absolute, size, modified };
    }
    throw badSourceEntry(entry, "cannot be understood");
  });
}
