import type { Chunk } from "../../formats/column-batch.ts";
import { entryOffset, offsetEntry } from "../log-offset.ts";
import { RecordedBatches } from "../recorded-batches.ts";
import type { Offset, SourceContext, StreamSource } from "../source.ts";
import type { Queue, QueueRegistry } from "./queue-registry.ts";

/**
 * Rows that a program or test hands in (Spark: MemoryStream): a batch takes all that is there, or one call of `add` (DStream's `queueStream`). A queue lives in memory, so the
 * rows of a batch are written durably before it is planned. Started again in the same process, the source goes on behind the
 * newest batch; in another process it takes what that process hands in, and a warning says that the rest is lost.
 */
export class QueueStream implements StreamSource {
  readonly description: string;
  readonly #queue: Queue;
  readonly #identity: string;
  readonly #recorded: RecordedBatches;
  readonly #oneAtATime: boolean;
  readonly #reader: ReturnType<Queue["enter"]>;
  #position: number;
  #end: number | undefined;

  constructor(context: SourceContext, registry: QueueRegistry, queue: Queue, oneAtATime = false) {
    this.description = `QueueSource[${queue.name}]`;
    this.#queue = queue;
    this.#oneAtATime = oneAtATime;
    this.#identity = registry.identity(() => context.host.uuid());
    this.#recorded = new RecordedBatches(context.log, `queue ${queue.name}`);
    this.#reader = queue.enter();
    this.#position = this.#recorded.newest < 0 ? 0 : this.#positionOf(this.#recorded.newest) ?? 0;
    if (this.#recorded.newest >= 0 && this.#positionOf(this.#recorded.newest) === undefined) {
      context.warn(`queue ${queue.name} is new in this process: rows that were handed in after batch ${this.#recorded.newest} are lost`);
    }
  }

  async latest(from: Offset | undefined, batch: number): Promise<Offset | undefined> {
    const covered = from === undefined ? -1 : offsetEntry(from);
    if (this.#recorded.newest > covered) return entryOffset(this.#recorded.newest);
    const last = this.#end ?? this.#queue.end;
    if (last <= this.#position) return from;
    const end = this.#oneAtATime ? this.#position + 1 : last;
    this.#recorded.record(batch, JSON.stringify([this.#identity, end]), this.#queue.slice(this.#position, end));
    this.#position = end;
    return entryOffset(batch);
  }

  freezeEnd(): Promise<void> {
    this.#end = this.#queue.end;
    return Promise.resolve();
  }

  read(from: Offset | undefined, to: Offset): AsyncIterable<Chunk> {
    return this.#recorded.read(from === undefined ? -1 : offsetEntry(from), offsetEntry(to));
  }

  commit(to: Offset, batch: number): void {
    this.#recorded.retire(batch);
    const position = this.#positionOf(offsetEntry(to));
    if (position !== undefined) this.#reader.commit(position);
  }

  async waitForData(signal: AbortSignal): Promise<void> {
    if (this.#queue.end <= this.#position) await this.#queue.changes.wait(signal);
  }

  close(): Promise<void> {
    this.#reader.leave();
    return Promise.resolve();
  }

  /** The position in this registry's queue behind an entry; undefined where another process wrote it. */
  #positionOf(entry: number): number | undefined {
    const note = this.#recorded.note(entry);
    if (note === undefined) return undefined;
    const value: unknown = JSON.parse(note);
    if (!Array.isArray(value) || value[0] !== this.#identity) return undefined;
    const position: unknown = value[1];
    return typeof position === "number" ? position : undefined;
  }
}
