import type { Chunk } from "../column-batch.ts";
import type { Message } from "../chunk-messages.ts";
import { RowRecords } from "./row-records.ts";

/** The columns of a message as they are (Spark: KafkaRecordToRowConverter); nothing of it can be malformed. */
export class MessageRecords extends RowRecords {
  protected count(chunk: Chunk): number {
    return chunk.messages?.messages.length ?? 0;
  }

  protected read(at: number, row: number): undefined {
    const message = this.#message(at);
    for (const { name, lane } of this.lanes) lane.put(row, this.#column(message, name));
  }

  protected raw(at: number): Uint8Array {
    return this.#message(at).value ?? new Uint8Array(0);
  }

  protected place(at: number): string {
    return `offset ${this.#message(at).offset}`;
  }

  #message(at: number): Message {
    const message = this.chunk.messages?.messages[at];
    if (message === undefined) throw new RangeError(`the chunk has no message ${at}`);
    return message;
  }

  #column(message: Message, name: string): unknown {
    switch (name) {
      case "topic":
        return this.chunk.messages?.topic;
      case "partition":
        return this.chunk.messages?.partition;
      case "key":
      case "value":
      case "offset":
      case "timestamp":
      case "timestampType":
      case "headers":
        return message[name];
      default:
        throw new RangeError(`a message has no column ${name}`);
    }
  }
}
