import type { Chunk } from "../column-batch.ts";
import { messageAt, type Message } from "../chunk-messages.ts";
import { RowRecords } from "./row-records.ts";

/** Readers of which each record is a message, whose value is not looked for line by line. */
export abstract class MessageRows extends RowRecords {
  protected count(chunk: Chunk): number {
    return chunk.messages?.messages.length ?? 0;
  }

  protected raw(at: number): Uint8Array {
    return this.messageAt(at).value ?? new Uint8Array(0);
  }

  protected place(at: number): string {
    return `offset ${this.messageAt(at).offset}`;
  }

  /** Message `at` of the chunk's. */
  protected messageAt(at: number): Message {
    return messageAt(this.chunk.messages?.messages ?? [], at);
  }
}
