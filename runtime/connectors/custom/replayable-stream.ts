import type { Chunk } from "../../formats/column-batch.ts";
import type { ReplayableReceiver } from "../../user/receiver.ts";
import { failureOf } from "../../query/failure-of.ts";
import { interruptible } from "../../query/interruptible.ts";
import { isRecord, RecordChunks } from "../record-chunks.ts";
import type { Offset, SourceContext, StreamSource } from "../source.ts";
import { unlessStopped } from "../unless-stopped.ts";
import { noOffset, noRecord, receiverFailed } from "./receiver-errors.ts";

/** Milliseconds between two looks for something new. */
const pollInterval = 100;

/**
 * Records of a receiver that can repeat them: its offsets stand in the checkpoint, and a batch that is run again reads the same range again.
 * Where it never answers, a stop ends the wait for `latest`, and an interruption any wait.
 */
export class ReplayableStream implements StreamSource {
  readonly description: string;
  readonly #context: SourceContext;
  readonly #input: string;
  readonly #receiver: ReplayableReceiver;
  #frozen: { readonly end: Offset | undefined } | undefined;

  constructor(context: SourceContext, input: string, receiver: ReplayableReceiver) {
    this.description = `CustomSource[${input}]`;
    this.#context = context;
    this.#input = input;
    this.#receiver = receiver;
  }

  async latest(from: Offset | undefined): Promise<Offset | undefined> {
    const newest = this.#frozen === undefined ? await unlessStopped(this.#newest(), this.#context.stopping) : this.#frozen.end;
    return newest ?? from;
  }

  async freezeEnd(): Promise<void> {
    this.#frozen = { end: await unlessStopped(this.#newest(), this.#context.stopping) };
  }

  /** The end as it is now, which a bounded input is read to: also of a query that is to end after it. */
  end(): Promise<Offset | undefined> {
    return interruptible(this.#newest(), this.#context.signal);
  }

  async *read(from: Offset | undefined, to: Offset): AsyncGenerator<Chunk, void, undefined> {
    const chunks = new RecordChunks(this.#context.format, `source ${this.#input}, from ${from ?? "the beginning"} to ${to}`);
    const records = this.#records(from, to);
    let isDone = false;
    try {
      for (;;) {
        const next = await this.#next(records);
        isDone = next.done === true;
        if (isDone) break;
        if (!isRecord(next.value)) throw noRecord(this.#input, next.value);
        chunks.add(next.value);
        if (chunks.isFull) yield chunks.take();
      }
    } finally {
      // What went wrong first is the error.
      if (!isDone) await failureOf(async () => this.#ended(records.return?.()));
    }
    if (!chunks.isEmpty) yield chunks.take();
  }

  commit(to: Offset): void {
    try {
      this.#receiver.commit?.(JSON.parse(to));
    } catch (error) {
      throw receiverFailed(this.#input, "commit", error);
    }
  }

  waitForData(signal: AbortSignal): Promise<void> {
    return this.#context.host.timers.sleep(pollInterval, signal);
  }

  async close(): Promise<void> {
    await this.#ended(this.#closed());
  }

  async #closed(): Promise<void> {
    try {
      await this.#receiver.close?.();
    } catch (error) {
      throw receiverFailed(this.#input, "close", error);
    }
  }

  /** Waits for an end, unless the query is interrupted. */
  async #ended(ending: unknown): Promise<void> {
    await unlessStopped(Promise.resolve(ending), this.#context.signal);
  }

  async #newest(): Promise<Offset | undefined> {
    let newest: unknown;
    try {
      newest = await this.#receiver.latest();
    } catch (error) {
      throw receiverFailed(this.#input, "latest", error);
    }
    return newest === undefined ? undefined : offsetText(this.#input, newest);
  }

  async #next(records: Iterator<unknown> | AsyncIterator<unknown>): Promise<IteratorResult<unknown>> {
    try {
      const next = records.next();
      return "then" in next ? await interruptible(Promise.resolve(next), this.#context.signal) : next;
    } catch (error) {
      this.#context.signal.throwIfAborted();
      throw receiverFailed(this.#input, "read", error);
    }
  }

  #records(from: Offset | undefined, to: Offset): Iterator<unknown> | AsyncIterator<unknown> {
    try {
      const records = this.#receiver.read(from === undefined ? undefined : JSON.parse(from), JSON.parse(to));
      return Symbol.asyncIterator in records ? records[Symbol.asyncIterator]() : records[Symbol.iterator]();
    } catch (error) {
      throw receiverFailed(this.#input, "read", error);
    }
  }
}

/** The offset as the checkpoint keeps it. */
function offsetText(input: string, value: unknown): Offset {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw noOffset(input, value, error);
  }
  if (text === undefined) throw noOffset(input, value);
  return text;
}
