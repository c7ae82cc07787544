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

/**
 * Which files a stream has taken, told apart by their absolute paths, and in which batch: entry N of the source's log lists the files of batch N, and every 10th to
 * 50th also those of all batches before, so that older entries may go. It is written before `offsets/N`; an entry without
 * `offsets/N` is what a crash between the two leaves (semantics FS2).
 */
export class SeenFiles {
  readonly #log: SourceLog;
  readonly #seen = new Map<string, Seen>();
  /** Entries that hold all seen files, ascending. */
  #full: readonly number[] = [];
  #newest = -1;
  #sinceFull = 0;

  constructor(log: SourceLog) {
    this.#log = log;
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

  get(absolute: string): ListedFile | undefined {
    return this.#seen.get(absolute);
  }

  /** Forgets what entry `entry` listed, because it is about to be planned again; the number of its files. */
  forget(entry: number): number {
    const before = this.#seen.size;
    for (const [absolute, file] of this.#seen) if (file.entry === entry) this.#seen.delete(absolute);
    return before - this.#seen.size;
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
    for (const { path, absolute, size, modified } of files) this.#seen.set(absolute, { path, absolute, size, modified, entry });
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
