import { dataLost } from "./source-errors.ts";

/** Most warnings that are kept so that none is said twice. */
const mostSaid = 1000;

/** What becomes of messages that are gone before they were read: the query fails, or a warning says so, once. */
export class DataLoss {
  readonly fails: boolean;
  readonly #warn: (message: string) => void;
  readonly #said = new Set<string>();

  constructor(fails: boolean, warn: (message: string) => void) {
    this.fails = fails;
    this.#warn = warn;
  }

  /** `where`: the topic and partitions. */
  report(what: string, where: string): void {
    if (this.fails) throw dataLost(what, where);
    const message = `${where}: ${what}; messages may be missing from the result (failOnDataLoss is false)`;
    if (this.#said.has(message)) return;
    if (this.#said.size >= mostSaid) this.#said.clear();
    this.#said.add(message);
    this.#warn(message);
  }
}
