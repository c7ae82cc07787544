import { SluiceRuntimeError } from "../../../../errors/runtime-error.ts";
import type { ClientOptions } from "../kafka-client.ts";
import { brokersAway, notAllowed, notLetIn, refused } from "../kafka-errors.ts";
import { failureOf } from "./failure-of.ts";
import type { NodeTable } from "./node-table.ts";
import type { Presence } from "./presence.ts";
import { ProtocolError } from "./protocol-error.ts";

/** How long work is tried again. */
export interface Bounds {
  /** Without end, as long as this does not fire: for reading, which a restart of a broker must not end. */
  readonly until?: AbortSignal;
}

/** Milliseconds: the first pause where a broker says that it is at work, and how long it may be. */
const shortPause = 5;
const mostPassing = 60_000;
/** Milliseconds for which a broker may say so before it is reported, and between two times of which the later is a new beginning. */
const silently = 5000;

/** Tries work again while brokers are away. */
export class Patience {
  readonly #nodes: NodeTable;
  readonly #options: ClientOptions;
  readonly #presence: Presence;
  #closed = false;

  constructor(nodes: NodeTable, options: ClientOptions, presence: Presence) {
    this.#nodes = nodes;
    this.#options = options;
    this.#presence = presence;
  }

  /** The result of `work`, or an error with a code. */
  async with<Result>(work: () => Promise<Result>, { until }: Bounds = {}): Promise<Result> {
    const began = this.#nodes.library.now();
    let attempts = 0;
    let pause = shortPause;
    let passing: { readonly since: number; readonly at: number; readonly subject: string } | undefined;
    for (;;) {
      const { generation } = this.#nodes;
      try {
        const result = await work();
        this.#presence.back();
        if (passing !== undefined) this.#presence.found(passing.subject);
        return result;
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === "final") throw coded(error);
        if (this.#closed || until?.aborted === true) throw brokersAway(this.#options.brokers, attempts + 1, "the client was closed", error);
        if (failure.kind === "not let in") throw notLetIn(this.#options.brokers, failure.why, error);
        if (failure.kind === "away") {
          attempts++;
          this.#nodes.reset(generation);
          if (until === undefined && attempts > this.#options.retries) throw brokersAway(this.#options.brokers, attempts, failure.why, error);
          this.#presence.away(failure.why);
          await this.sleep(this.#options.retryInterval, until);
        } else {
          this.#presence.back();
          const at = this.#nodes.library.now();
          const isNew = passing === undefined || at - passing.at > silently;
          if (isNew) pause = shortPause;
          passing = { since: isNew || passing === undefined ? at : passing.since, at, subject: failure.subject };
          if (at - passing.since >= silently) this.#presence.waitsFor(failure.subject, failure.why, silently / 1000);
          if (until === undefined && this.#nodes.library.now() - began > mostPassing) throw coded(error);
          await this.sleep(pause, until);
          pause = Math.min(pause * 1.5, Math.max(shortPause, this.#options.retryInterval), 500);
        }
      }
    }
  }

  /** Sleeps in pieces, so that nothing keeps the process for long after a stop. */
  async sleep(milliseconds: number, until?: AbortSignal): Promise<void> {
    const end = this.#nodes.library.now() + milliseconds;
    for (let left = milliseconds; left > 0 && !this.#closed && until?.aborted !== true; left = end - this.#nodes.library.now()) {
      await this.#nodes.library.sleep(Math.min(left, 50));
    }
  }

  close(): void {
    this.#closed = true;
  }
}

/** An error with a code, for what was not expected to pass. */
export function coded(error: unknown): unknown {
  if (error instanceof SluiceRuntimeError || !(error instanceof ProtocolError)) return error;
  return error.forbids ? notAllowed(error.subject, error.type, error) : refused(error.subject, error.type, error);
}
