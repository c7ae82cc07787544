import type { Chunk } from "../../formats/column-batch.ts";
import type { PushReceiver } from "../../user/receiver.ts";
import { entryOffset, offsetEntry } from "../log-offset.ts";
import { isRecord, RecordChunks } from "../record-chunks.ts";
import { RecordedBatches } from "../recorded-batches.ts";
import type { Offset, SourceContext, StreamSource } from "../source.ts";
import { WakeUp } from "../wake-up.ts";
import { noRecord, receiverFailed, tooFast } from "./receiver-errors.ts";

/** Bytes of records that may wait for a batch before the receiver is asked to wait, as with a socket. */
const highWater = 64 * 1024 * 1024;

/** Bytes above which a receiver that does not wait ends the query. */
const mostHeld = 4 * highWater;

/**
 * Records of a receiver that cannot repeat them: those of a batch are written durably before the batch is planned, as with a socket, and
 * when the query ends in order those that no batch has taken; what came since is lost in a crash, which a warning says at the next start.
 * A receiver that is faster than the batches is held by the promise that `push` gives; one that does not wait ends the query (R7657). At the end of input that `available now` and `--drain` ask for,
 * the source reads on until the receiver ends, or the query is stopped.
 */
export class PushStream implements StreamSource {
  readonly description: string;
  readonly #context: SourceContext;
  readonly #input: string;
  readonly #recorded: RecordedBatches;
  readonly #waiting: RecordChunks;
  readonly #changes = new WakeUp();
  readonly #stop = new AbortController();
  readonly #taken = new WakeUp();
  /** Until when the receiver is asked to wait. */
  #room: Promise<void> | undefined;
  #isClosed = false;
  #toTheEnd = false;
  #hasEnded = false;
  #saidEnded = false;
  #failure: { readonly error: Error } | undefined;

  constructor(context: SourceContext, input: string, receiver: PushReceiver) {
    this.description = `CustomSource[${input}]`;
    this.#context = context;
    this.#input = input;
    this.#recorded = new RecordedBatches(context.log, `source ${input}`);
    this.#waiting = new RecordChunks(context.format, `source ${input}`);
    if (this.#recorded.newest >= 0) {
      context.warn(`the receiver of ${input} cannot repeat what it gave: records that came after batch ${this.#recorded.newest} and before this start are lost`);
    }
    this.#receive(receiver);
  }

  async latest(from: Offset | undefined, batch: number): Promise<Offset | undefined> {
    const covered = from === undefined ? -1 : offsetEntry(from);
    if (this.#recorded.newest > covered) return entryOffset(this.#recorded.newest);
    const { stopping } = this.#context;
    while (this.#toTheEnd && this.#waiting.isEmpty && !this.#isOver && !stopping.aborted) await this.#changes.wait(stopping);
    if (this.#waiting.isEmpty) {
      if (this.#failure !== undefined) throw this.#failure.error;
      this.#sayEnded();
      return from;
    }
    return entryOffset(this.#record(batch));
  }

  freezeEnd(): Promise<void> {
    this.#toTheEnd = true;
    return Promise.resolve();
  }

  read(from: Offset | undefined, to: Offset): AsyncIterable<Chunk> {
    return this.#recorded.read(from === undefined ? -1 : offsetEntry(from), offsetEntry(to));
  }

  commit(_to: Offset, batch: number): void {
    this.#recorded.retire(batch);
  }

  async waitForData(signal: AbortSignal): Promise<void> {
    this.#sayEnded();
    if (!this.#waiting.isEmpty || this.#failure !== undefined) return;
    await this.#changes.wait(signal);
  }

  keep(batch: number): void {
    // What the receiver hands over when it hears of the end is kept too.
    this.#stop.abort();
    this.#isClosed = true;
    if (!this.#waiting.isEmpty) this.#record(batch);
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#stop.abort();
    return Promise.resolve();
  }

  get #isOver(): boolean {
    return this.#hasEnded || this.#failure !== undefined;
  }

  #record(batch: number): number {
    const { bytes, end } = this.#waiting.take();
    const entry = this.#recorded.record(batch, this.#input, bytes.subarray(0, end));
    this.#room = undefined;
    this.#taken.notify();
    return entry;
  }

  #receive(receiver: PushReceiver): void {
    try {
      const receiving: unknown = receiver.receive((record) => this.#take(record), this.#stop.signal);
      if (receiving === undefined) return;
      Promise.resolve(receiving).then(
        () => this.#end(undefined),
        (error: unknown) => this.#end(receiverFailed(this.#input, "receive", error)),
      );
    } catch (error) {
      this.#end(receiverFailed(this.#input, "receive", error));
    }
  }

  /** Gives a promise of room where there is none. */
  #take(record: unknown): Promise<void> | undefined {
    if (this.#isClosed || this.#isOver) return undefined;
    if (!isRecord(record)) this.#failure = { error: noRecord(this.#input, record) };
    else if (this.#waiting.memory > mostHeld) this.#failure = { error: tooFast(this.#input, mostHeld) };
    else this.#waiting.add(record);
    this.#changes.notify();
    if (this.#waiting.memory <= highWater) return undefined;
    this.#room ??= this.#taken.wait(this.#stop.signal);
    return this.#room;
  }

  #end(error: Error | undefined): void {
    if (this.#stop.signal.aborted) return;
    this.#hasEnded = true;
    if (error !== undefined) this.#failure ??= { error };
    this.#changes.notify();
  }

  #sayEnded(): void {
    if (this.#saidEnded || !this.#hasEnded || this.#failure !== undefined) return;
    this.#saidEnded = true;
    this.#context.warn(`the receiver of ${this.#input} has ended: no more data will come`);
  }
}
