import { thrownMessage } from "../../errors/thrown-message.ts";
import type { Offset } from "../source.ts";
import type { KafkaClient } from "./client/kafka-client.ts";
import { parseOffset, partitionOf } from "./partition-offsets.ts";

/** Tells a group how far a job is, for tools that show lag; nothing reads it back, so that what goes wrong is a warning. */
export class GroupOffsets {
  readonly #client: KafkaClient;
  readonly #group: string;
  readonly #warn: (message: string) => void;
  /** The newest position that the group has not been told. */
  #next: Offset | undefined;
  #running: Promise<void> | undefined;
  #warned: string | undefined;

  constructor(client: KafkaClient, group: string, warn: (message: string) => void) {
    this.#client = client;
    this.#group = group;
    this.#warn = warn;
  }

  /** Does not wait: of several positions that come while one is being told, the last counts. */
  commit(to: Offset): void {
    this.#next = to;
    this.#running ??= this.#run();
  }

  /** Resolves when the newest position was told. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let to = this.#next; to !== undefined; to = this.#next) {
      this.#next = undefined;
      try {
        await this.#client.commitOffsets(this.#group, [...parseOffset(to)].map(([key, offset]) => ({ ...partitionOf(key), offset })));
      } catch (error) {
        this.#say(`the offsets could not be committed to the group ${this.#group}, which only tools that show lag read: ${thrownMessage(error)}`);
      }
    }
    this.#running = undefined;
  }

  /** Once as long as it stays the same. */
  #say(message: string): void {
    if (message !== this.#warned) this.#warn(message);
    this.#warned = message;
  }
}
