import type { ClientOptions } from "../kafka-client.ts";

/** Whether a client's brokers are there: each change is said once. */
export class Presence {
  readonly #options: ClientOptions;
  #away = false;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  away(why: string): void {
    if (this.#away) return;
    this.#away = true;
    this.#options.report(`brokers ${this.#options.brokers.join(", ")} cannot be reached (${why}); waiting for them`);
  }

  back(): void {
    if (!this.#away) return;
    this.#away = false;
    this.#options.report(`brokers ${this.#options.brokers.join(", ")} are back`);
  }
}
