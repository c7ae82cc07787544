import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import type { Chunk } from "../../formats/column-batch.ts";
import type { Host } from "../../host/host.ts";
import type { FollowedChunk, Offset, SourceLog, StreamSource } from "../source.ts";
import { unreadableOffset } from "../unreadable-offset.ts";
import { rateRows } from "./rate-rows.ts";
import { valueAtSecond } from "./value-at-second.ts";

export interface ClockRate {
  readonly rowsPerSecond: number;
  readonly rampUpSeconds: number;
  readonly partitions: number;
}

/**
 * So many rows a second since the query's first start, spread evenly over the seconds of a batch (Spark: RateStreamMicroBatchStream).
 * An offset is a number of whole seconds since that start, which is kept in the source's log: a batch that is run again has the
 * same rows with the same times.
 */
export class RateByClock implements StreamSource {
  readonly description: string;
  readonly #host: Host;
  readonly #rate: ClockRate;
  /** Milliseconds since the epoch. */
  readonly #start: number;
  #frozen: number | undefined;

  constructor(host: Host, log: SourceLog, rate: ClockRate) {
    this.description = `RateSource[rowsPerSecond=${rate.rowsPerSecond}, rampUpTimeSeconds=${rate.rampUpSeconds}, numPartitions=${rate.partitions}]`;
    this.#host = host;
    this.#rate = rate;
    this.#start = keptStart(host, log);
  }

  latest(from: Offset | undefined): Promise<Offset | undefined> {
    // The clock may have been set back.
    const seconds = Math.max(secondsOf(from), this.#frozen ?? this.#passed);
    return Promise.resolve(seconds === secondsOf(from) ? from : String(seconds));
  }

  freezeEnd(): Promise<void> {
    this.#frozen = this.#passed;
    return Promise.resolve();
  }

  async *read(from: Offset | undefined, to: Offset): AsyncGenerator<Chunk, void, undefined> {
    const { rowsPerSecond, rampUpSeconds, partitions } = this.#rate;
    const begin = secondsOf(from);
    const end = secondsOf(to);
    const first = valueAtSecond(begin, rowsPerSecond, rampUpSeconds);
    const count = Number(valueAtSecond(end, rowsPerSecond, rampUpSeconds) - first);
    const millisecondsPerRow = ((end - begin) * 1000) / count;
    const start = this.#start + begin * 1000;
    yield* rateRows({ first, count, partitions, timeOf: (at) => (start + Math.round(at * millisecondsPerRow)) * 1000 });
  }

  /** Each row when its time has come. Positions are whole seconds, so the rows of one that has begun are given again. */
  async *follow(from: Offset | undefined, signal: AbortSignal): AsyncGenerator<FollowedChunk, void, undefined> {
    const { rowsPerSecond, rampUpSeconds } = this.#rate;
    for (let second = secondsOf(from); ; second++) {
      const first = valueAtSecond(second, rowsPerSecond, rampUpSeconds);
      const count = Number(valueAtSecond(second + 1, rowsPerSecond, rampUpSeconds) - first);
      const start = this.#start + second * 1000;
      const millisecondsPerRow = 1000 / count;
      for (let at = 0; at < count; ) {
        const passed = this.#host.clock.now() - start;
        const due = Math.min(count, Math.floor(passed / millisecondsPerRow) + 1);
        if (due <= at) await this.#host.timers.sleep(Math.max(1, Math.ceil(at * millisecondsPerRow - passed)), signal);
        if (signal.aborted) return;
        if (due <= at) continue;
        const begin = at;
        const rows = [...rateRows({ first: first + BigInt(begin), count: due - begin, partitions: 1, timeOf: (row) => (start + Math.round((begin + row) * millisecondsPerRow)) * 1000 })];
        for (const [place, chunk] of rows.entries()) yield { chunk, to: String(due === count && place === rows.length - 1 ? second + 1 : second) };
        at = due;
      }
    }
  }

  commit(): void {
    // Everything follows from the start and the offsets.
  }

  /** Until the next second is full. */
  async waitForData(signal: AbortSignal): Promise<void> {
    const passed = this.#host.clock.now() - this.#start;
    await this.#host.timers.sleep(passed < 0 ? 1000 : 1000 - (passed % 1000), signal);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  get #passed(): number {
    return Math.max(0, Math.floor((this.#host.clock.now() - this.#start) / 1000));
  }
}

function keptStart(host: Host, log: SourceLog): number {
  const kept = log.read(0);
  if (kept === undefined) {
    const start = host.clock.now();
    log.write(0, new TextEncoder().encode(String(start)));
    return start;
  }
  const text = new TextDecoder().decode(kept);
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw new SluiceRuntimeError({
    code: "R7207",
    what: "the entry of the source's log in the checkpoint that holds its start cannot be understood",
    how: "restore the checkpoint's `sources` folder from a backup, or start with a new checkpoint",
  });
}

function secondsOf(offset: Offset | undefined): number {
  if (offset === undefined) return 0;
  if (/^\s*\d{1,15}\s*$/.test(offset)) return Number(offset);
  throw unreadableOffset(offset);
}
