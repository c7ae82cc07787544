import type { ChildEnd, ChildProcess, Host } from "../host/host.ts";
import { everyShard, shardWords, type Shard } from "../query/shard.ts";
import { LinePrefix } from "./line-prefix.ts";
import { shardArguments } from "./shard-arguments.ts";

/** How long to wait before a shard is started again, in milliseconds: twice as long each time, from the first to the last. */
const shortestPause = 500;
const longestPause = 30_000;

/** A shard that has run for so long may die once more as if it were the first time. Milliseconds. */
const quiet = 60_000;

/**
 * Runs the shards of a job as processes of this program, and ends when all of them have. One that dies, or whose query fails, is started again; a mistake of the user's, or of
 * ours, which it would make again, ends them all. Signals go to all. Resolves with the exit code. `goesOn`: whether a shard that is started again goes on where it was (checkpoints);
 * one that would begin anew is not, for its rows would come twice, or not at all, and the death of one ends them all.
 */
export function supervise(host: Host, count: number, { goesOn = true }: { readonly goesOn?: boolean } = {}): Promise<number> {
  return new Supervisor(host, count, goesOn).run();
}

class Supervisor {
  readonly #host: Host;
  readonly #shards: readonly Shard[];
  readonly #goesOn: boolean;
  readonly #running = new Set<ChildProcess>();
  readonly #stop = new AbortController();
  /** The signals that the shards were sent. */
  readonly #sent = new Set<string>();
  /** The code of a shard that ended them all. */
  #code = 0;

  constructor(host: Host, count: number, goesOn: boolean) {
    this.#host = host;
    this.#goesOn = goesOn;
    this.#shards = everyShard(count);
  }

  async run(): Promise<number> {
    const stopListening = this.#host.process.onSignal((signal) => this.#end(signal));
    try {
      const codes = await Promise.all(this.#shards.map((shard) => this.#keepRunning(shard)));
      return this.#code === 0 ? Math.max(...codes) : this.#code;
    } finally {
      stopListening();
    }
  }

  /** Resolves with the exit code of the shard when it is not to be started again. */
  async #keepRunning(shard: Shard): Promise<number> {
    const { clock, process, timers } = this.#host;
    let pause = shortestPause;
    while (!this.#stop.signal.aborted) {
      const began = clock.monotonic();
      const end = await this.#runOnce(shard);
      if (end.code === 0) return 0;
      if (end.code === 1 || end.code === 2) {
        if (this.#code === 0) this.#code = end.code;
        this.#end("SIGTERM");
        return end.code;
      }
      // One that our signal has ended had not begun to listen, nor to work.
      if (this.#stop.signal.aborted) return end.code ?? (end.signal !== undefined && this.#sent.has(end.signal) ? 0 : 3);
      if (!this.#goesOn) {
        process.writeStderr(`${shardWords(shard)}: ${endWords(end)}; without a checkpoint it would begin anew, so all shards end\n`);
        this.#code = 3;
        this.#end("SIGTERM");
        return 3;
      }
      if (clock.monotonic() - began >= quiet) pause = shortestPause;
      process.writeStderr(`${shardWords(shard)}: ${endWords(end)}; it is started again in ${pause / 1000} s\n`);
      await timers.sleep(pause, this.#stop.signal);
      pause = Math.min(longestPause, pause * 2);
    }
    // It was to be started again.
    return 3;
  }

  async #runOnce(shard: Shard): Promise<ChildEnd> {
    const { process } = this.#host;
    const lines = new LinePrefix(`${shardWords(shard)}: `, (text) => process.writeStderr(text));
    const child = process.startAgain(shardArguments(process.arguments, shard), (text) => lines.write(text));
    this.#running.add(child);
    const end = await child.ended;
    this.#running.delete(child);
    lines.end();
    return end;
  }

  #end(signal: "SIGINT" | "SIGTERM"): void {
    this.#stop.abort();
    this.#sent.add(signal);
    for (const child of this.#running) child.signal(signal);
  }
}

function endWords({ code, problem }: ChildEnd): string {
  return problem ?? (code === 3 ? "a query has failed" : `it has ended with code ${code ?? "none"}`);
}
