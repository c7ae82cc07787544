import type { ClientOptions } from "../kafka-client.ts";

/** Whether a client's brokers are there, and what they are asked for: each change is said once. */
export class Presence {
  readonly #options: ClientOptions;
  #away = false;
  /** What the brokers answer for that they are at work, such as a partition without a leader. */
  readonly #waitedFor = new Set<string>();

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

  /** Brokers answer, but say of `subject` that it is not there yet, and have for so long that somebody has to know. */
  waitsFor(subject: string, why: string, seconds: number): void {
    if (this.#waitedFor.has(subject)) return;
    this.#waitedFor.add(subject);
    this.#options.report(`${subject}: the brokers have answered ${why} for ${seconds} seconds; waiting for it`);
  }

  /** `subject` has been answered for. */
  found(subject: string): void {
    if (this.#waitedFor.size > 0 && this.#waitedFor.delete(subject)) this.#options.report(`${subject}: the brokers answer again`);
  }
}
