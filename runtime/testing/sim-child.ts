import type { ChildEnd, ChildProcess } from "../host/host.ts";

/** A process that a simulated one has started; the test says what becomes of it. */
export class SimChild implements ChildProcess {
  readonly ended: Promise<ChildEnd>;
  readonly arguments: readonly string[];
  /** The signals that it was sent. */
  readonly signals: string[] = [];
  readonly #onStderr: (text: string) => void;
  #end: (end: ChildEnd) => void = () => {};

  constructor(args: readonly string[], onStderr: (text: string) => void) {
    this.arguments = args;
    this.#onStderr = onStderr;
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  signal(signal: "SIGINT" | "SIGTERM"): void {
    this.signals.push(signal);
  }

  writeStderr(text: string): void {
    this.#onStderr(text);
  }

  end(end: ChildEnd): void {
    this.#end(end);
  }
}
