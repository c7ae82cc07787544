import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Chunk } from "../formats/column-batch.ts";
import { chunkBytes } from "./buffer-ring.ts";
import { keptBatches } from "./log-offset.ts";
import type { SourceLog } from "./source.ts";
import { VolatileLog } from "./volatile-log.ts";

interface Recorded {
  readonly entry: number;
  readonly note: string;
  readonly records: Uint8Array;
}

/**
 * The batches of a source that cannot replay: the records of batch N are durable in entry N of the source's log before
 * `offsets/N` names them, and every reading, the first one too, is from there. An entry is a line of text for the source's own
 * use (the note), then the records, each with its line end.
 */
export class RecordedBatches {
  readonly #log: SourceLog;
  readonly #kept: number;
  readonly #origin: string;
  #last: Recorded | undefined;
  #newest: number;

  /** `origin` names the source in positions: `socket localhost:9999`. Without a log (no checkpoint) batches are kept in memory until they are committed. */
  constructor(log: SourceLog | undefined, origin: string) {
    this.#log = log ?? new VolatileLog();
    this.#kept = log === undefined ? 0 : keptBatches;
    this.#origin = origin;
    this.#newest = this.#log.entries().at(-1) ?? -1;
  }

  /** The newest entry; −1 where there is none. */
  get newest(): number {
    return this.#newest;
  }

  /**
   * Durable when it returns; gives the entry, which is the batch's, or the next one where that is taken: what a start finds in the log and no
   * offsets hold stays as it is.
   */
  record(batch: number, note: string, records: Uint8Array): number {
    const entry = Math.max(batch, this.#newest + 1);
    const head = new TextEncoder().encode(`${note}\n`);
    const payload = new Uint8Array(head.length + records.length);
    payload.set(head);
    payload.set(records, head.length);
    this.#log.write(entry, payload);
    this.#last = { entry, note, records: payload.subarray(head.length) };
    this.#newest = entry;
    return entry;
  }

  /** The note of an entry; undefined where the entry is no longer there. */
  note(entry: number): string | undefined {
    return this.#read(entry)?.note;
  }

  /** Lets go of entries that are older than what a checkpoint keeps, now that `batch` is committed. */
  retire(batch: number): void {
    const first = Math.min(batch - this.#kept, this.#newest);
    if (first > 0) this.#log.removeBelow?.(first);
  }

  /** The records of the entries in (from, to] in chunks. */
  async *read(from: number, to: number): AsyncGenerator<Chunk, void, undefined> {
    for (const entry of this.#log.entries()) {
      if (entry <= from || entry > to) continue;
      const recorded = this.#read(entry);
      if (recorded !== undefined) yield* chunksOf(recorded.records, `${this.#origin}, batch ${entry}`);
    }
    if (to > from && !this.#log.entries().includes(to)) throw missing(this.#origin, to);
  }

  #read(entry: number): Recorded | undefined {
    if (this.#last?.entry === entry) return this.#last;
    const payload = this.#log.read(entry);
    if (payload === undefined) return undefined;
    const end = payload.indexOf(0x0a);
    return { entry, note: new TextDecoder().decode(payload.subarray(0, end)), records: payload.subarray(end + 1) };
  }
}

/** Cuts whole lines into pieces of about 64 KB; they are views into `bytes`. */
export function* chunksOf(bytes: Uint8Array, origin: string): Generator<Chunk, void, undefined> {
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(bytes.length, start + chunkBytes);
    if (end < bytes.length) {
      const before = bytes.lastIndexOf(0x0a, end - 1);
      const after = before >= start ? before : bytes.indexOf(0x0a, end);
      end = after < 0 ? bytes.length : after + 1;
    }
    yield { bytes, start, end, origin, offset: start };
    start = end;
  }
}

function missing(origin: string, entry: number): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7207",
    what: `entry ${entry} of the source's log in the checkpoint is missing`,
    where: origin,
    how: "restore the checkpoint's `sources` folder from a backup, or start with a new checkpoint",
  });
}
