import type { ChunkMessages, MessageHeader } from "../chunk-messages.ts";

/** What a row knows of the message that it was (the hidden column `_kafka`). */
export interface MessageOrigin {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly timestampType: number;
  readonly headers: readonly MessageHeader[];
}

/** The hidden column of a source of messages. */
export class MessageColumn {
  #messages: ChunkMessages | undefined;
  #messageOf: ((row: number) => number) | undefined;
  readonly #rows: number[] = [];
  /** The row that was asked for last: several of its fields are mostly read. */
  #row = -1;
  #origin: MessageOrigin | undefined;

  /** Rows of a chunk whose messages are told from where they stand in it. */
  begin(messages: ChunkMessages, messageOf: (row: number) => number): void {
    this.#messages = messages;
    this.#messageOf = messageOf;
    this.#row = -1;
  }

  /** Row `row` is message `at` of the chunk's. */
  put(row: number, messages: ChunkMessages, at: number): void {
    this.#messages = messages;
    this.#messageOf = undefined;
    this.#rows[row] = at;
    this.#row = -1;
  }

  get(row: number): MessageOrigin {
    if (row === this.#row && this.#origin !== undefined) return this.#origin;
    const messages = this.#messages;
    const message = messages?.messages[this.#messageOf === undefined ? (this.#rows[row] ?? -1) : this.#messageOf(row)];
    if (messages === undefined || message === undefined) throw new RangeError(`row ${row} is of no message`);
    const { key, value, offset, timestamp, timestampType, headers } = message;
    this.#row = row;
    this.#origin = { key, value, topic: messages.topic, partition: messages.partition, offset, timestamp, timestampType, headers };
    return this.#origin;
  }
}
