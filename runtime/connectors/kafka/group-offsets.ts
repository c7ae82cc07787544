import { thrownMessage } from "../../errors/thrown-message.ts";
import type { Offset } from "../source.ts";
import type { Asking } from "./ask-again.ts";
import type { KafkaClient } from "./client/kafka-client.ts";
import { parseOffset, partitionOf } from "./partition-offsets.ts";
import { within } from "./within.ts";

/** Tells a group how far a job is, for tools that show lag; nothing reads it back, so that what goes wrong is a warning. */
export class GroupOffsets {
  readonly #client: KafkaClient;
  readonly #group: string;
  readonly #warn: (message: string) => void;
  readonly #asking: Asking;
  /** The newest position that the group has not been told. */
  #next: Offset | undefined;
  #running: Promise<void> | undefined;
  #warned: string | undefined;
  #isOver = false;

  /** `asking`: its signal says that the query was interrupted, and does not wait to tell of anything. */
  constructor(client: KafkaClient, group: string, warn: (message: string) => void, asking: Asking) {
    this.#client = client;
    this.#group = group;
    this.#warn = warn;
    this.#asking = asking;
  }

  /** Does not wait: of several positions that come while one is being told, the last counts. */
  commit(to: Offset): void {
    this.#next = to;
    this.#running ??= this.#run();
  }

  /** Resolves when the newest position was told, or nobody answers. */
  async settled(): Promise<void> {
    const running = this.#running;
    const { host, signal } = this.#asking;
    if (running === undefined || (await within(host, () => running, signal))) return;
    this.#say(`the newest offsets were not committed to the group ${this.#group}, which only tools that show lag read: nobody answered before the query ended`);
    this.#isOver = true;
  }

  async #run(): Promise<void> {
    for (let to = this.#next; to !== undefined && !this.#isOver; to = this.#next) {
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
    if (message !== this.#warned && !this.#isOver) this.#warn(message);
    this.#warned = message;
  }
}
