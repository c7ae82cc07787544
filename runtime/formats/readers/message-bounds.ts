import { messageAt, type ChunkMessages, type Message } from "../chunk-messages.ts";

/** Tells the message of a place in a chunk of messages' values, one behind the other with a line end behind each. */
export class MessageBounds {
  readonly #messages: ChunkMessages;
  readonly #end: number;
  /** The message that was asked for last: places mostly come in order. */
  #last = 0;

  /** `end`: of the chunk's bytes. */
  constructor(messages: ChunkMessages, end: number) {
    this.#messages = messages;
    this.#end = end;
  }

  /** The number of the message in whose value, or at whose line end, `place` lies. */
  at(place: number): number {
    const { starts, messages } = this.#messages;
    let low = 0;
    let high = messages.length - 1;
    if (starts[this.#last]! <= place) {
      if (place <= this.endOf(this.#last)) return this.#last;
      low = this.#last + 1;
      if (low <= high && place <= this.endOf(low)) return (this.#last = low);
    }
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (starts[middle]! <= place) low = middle;
      else high = middle - 1;
    }
    this.#last = Math.max(0, low);
    return this.#last;
  }

  /** Where a message's value ends: at its line end. */
  endOf(message: number): number {
    return message + 1 < this.#messages.messages.length ? this.#messages.starts[message + 1]! - 1 : this.#end - 1;
  }

  message(number: number): Message {
    return messageAt(this.#messages.messages, number);
  }

  /** Why the source made nothing of a message, where it did not. */
  refusal(message: number): string | undefined {
    return this.#messages.refused?.get(message);
  }
}
