import type { Chunk } from "../../formats/column-batch.ts";
import type { Decoder } from "../../user/receiver.ts";
import { entryOffset, offsetEntry } from "../log-offset.ts";
import { onlyChunk } from "../only-chunk.ts";
import { chunksOf, RecordedBatches } from "../recorded-batches.ts";
import type { FollowedChunk, Offset, SourceContext, StreamSource } from "../source.ts";
import { FollowedLines } from "./followed-lines.ts";
import type { LineReceiver } from "./line-receiver.ts";
import { decodedLines } from "./decoded-lines.ts";
import { connectionBroke, socketLineTooLong } from "./socket-errors.ts";

/** Bytes of the longest line: a guard against a server that sends no line ends. */
export const longestSocketLine = 256 * 1024 * 1024;

/**
 * Lines from a server (Spark: TextSocketMicroBatchStream). A socket cannot send again, so the lines of a batch are written
 * durably before the batch is planned, and when the query ends in order those that no batch has taken; what has come since is lost in a
 * crash, which a warning says at the next start. An entry that no offsets hold (a crash in between, or such an end) becomes the next batch. When the peer closes, the source stays without new data.
 * At the end of input that `available now` and `--drain` ask for, the source reads on until the peer closes the connection,
 * or the query is stopped. Followed by the continuous trigger, it hands on lines before they are durable: those of an epoch are written when it ends,
 * before its offsets, so that a crash before that loses them to the checkpoint as it does those that no batch has taken.
 */
export class SocketStream implements StreamSource {
  readonly description: string;
  readonly #context: SourceContext;
  readonly #address: string;
  readonly #receiver: LineReceiver;
  readonly #decode: Decoder | undefined;
  readonly #recorded: RecordedBatches;
  #followed: FollowedLines | undefined;
  #toTheEnd = false;
  #saidClosed = false;

  /** `address` is `socket host:port`; `decode` makes records of the lines, which are recorded as they came. */
  constructor(context: SourceContext, address: string, receiver: LineReceiver, decode?: Decoder) {
    this.description = `SocketSource[${address.slice("socket ".length)}]`;
    this.#context = context;
    this.#address = address;
    this.#receiver = receiver;
    this.#decode = decode;
    this.#recorded = new RecordedBatches(context.log, address);
    if (this.#recorded.newest >= 0) {
      context.warn(`${address} cannot send again: lines that came after batch ${this.#recorded.newest} and before this start are lost`);
    }
  }

  async latest(from: Offset | undefined, batch: number): Promise<Offset | undefined> {
    if (this.#followed !== undefined) return this.#receiver.hasLines || !this.#followed.hasHandedOn(from) ? this.#followed.position : from;
    const covered = from === undefined ? -1 : offsetEntry(from);
    if (this.#recorded.newest > covered) return entryOffset(this.#recorded.newest);
    const { stopping } = this.#context;
    while (this.#toTheEnd && !this.#receiver.hasLines && this.#receiver.state === "open" && !stopping.aborted) await this.#receiver.changes.wait(stopping);
    if (!this.#receiver.hasLines) {
      this.#checkState();
      return from;
    }
    return entryOffset(this.#recorded.record(batch, this.#address, this.#receiver.take()));
  }

  freezeEnd(): Promise<void> {
    this.#toTheEnd = true;
    return Promise.resolve();
  }

  read(from: Offset | undefined, to: Offset): AsyncIterable<Chunk> {
    return this.#decoded(this.#recorded.read(from === undefined ? -1 : offsetEntry(from), offsetEntry(to)));
  }

  async *follow(from: Offset | undefined, signal: AbortSignal): AsyncGenerator<FollowedChunk, void, undefined> {
    const followed = new FollowedLines(this.#recorded, this.#address, from);
    this.#followed = followed;
    const covered = from === undefined ? -1 : offsetEntry(from);
    if (this.#recorded.newest > covered) yield* this.#unread(covered, followed);
    followed.begin();
    let offset = 0;
    while (!signal.aborted) {
      if (!this.#receiver.hasLines) {
        this.#checkState();
        await this.#receiver.changes.wait(signal);
        continue;
      }
      const bytes = this.#receiver.take();
      // What was taken is handed on to its end: nobody else keeps it.
      for (const lines of chunksOf(bytes, this.#address)) {
        const to = followed.add(lines);
        const chunk = { ...lines, offset: offset + lines.offset };
        for await (const decoded of this.#decoded(onlyChunk(chunk))) yield { chunk: decoded, to, endsEpoch: followed.isFull };
      }
      offset += bytes.length;
    }
  }

  seal(to: Offset, batch: number): Offset | undefined {
    return this.#followed === undefined ? to : this.#followed.seal(to, batch);
  }

  commit(_to: Offset, batch: number): void {
    this.#recorded.retire(batch);
  }

  async waitForData(signal: AbortSignal): Promise<void> {
    this.#sayClosed();
    if (this.#receiver.hasLines || this.#receiver.state === "broken" || this.#receiver.state === "too long") return;
    await this.#receiver.changes.wait(signal);
  }

  keep(batch: number): void {
    this.#receiver.close();
    if (this.#receiver.hasLines) this.#recorded.record(batch, this.#address, this.#receiver.take());
  }

  close(): Promise<void> {
    this.#receiver.close();
    return Promise.resolve();
  }

  /** What the log has that the checkpoint's offset does not cover: the entries behind `covered`. */
  async *#unread(covered: number, followed: FollowedLines): AsyncGenerator<FollowedChunk, void, undefined> {
    const { newest } = this.#recorded;
    const before = followed.position;
    let last: Chunk | undefined;
    for await (const chunk of this.#decoded(this.#recorded.read(covered, newest))) {
      if (last !== undefined) yield { chunk: last, to: before };
      last = chunk;
    }
    const to = followed.addEntry(newest);
    if (last !== undefined) yield { chunk: last, to };
  }

  #decoded(lines: AsyncIterable<Chunk>): AsyncIterable<Chunk> {
    return this.#decode === undefined ? lines : decodedLines(lines, this.#decode, this.#context.format);
  }

  #checkState(): void {
    if (this.#receiver.state === "broken") throw connectionBroke(this.#address, this.#receiver.cause);
    if (this.#receiver.state === "too long") throw socketLineTooLong(this.#address, longestSocketLine);
    this.#sayClosed();
  }

  #sayClosed(): void {
    if (this.#saidClosed || this.#receiver.state !== "closed by the peer") return;
    this.#saidClosed = true;
    this.#context.warn(`${this.#address} closed the connection: no more data will come`);
  }
}
