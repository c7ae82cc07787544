import type { Message } from "../chunk-messages.ts";
import { MessageRows } from "./message-rows.ts";

/** The columns of a message as they are (Spark: KafkaRecordToRowConverter); nothing of it can be malformed. */
export class MessageRecords extends MessageRows {
  protected read(at: number, row: number): undefined {
    const message = this.messageAt(at);
    for (const { name, lane } of this.lanes) lane.put(row, this.#column(message, name));
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
