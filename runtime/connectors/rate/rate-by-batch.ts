import type { Chunk } from "../../formats/column-batch.ts";
import type { Offset, StreamSource } from "../source.ts";
import { unreadableOffset } from "../unreadable-offset.ts";
import { rateRows } from "./rate-rows.ts";

export interface BatchRate {
  readonly rowsPerBatch: number;
  /** Microseconds. */
  readonly start: number;
  readonly advance: number;
  readonly partitions: number;
}

/**
 * The same number of rows in every batch, all with the batch's time, whatever the clock says (Spark: RatePerMicroBatchStream). An
 * offset is the number of rows so far and the time of the batch that follows. `available now` is one batch.
 */
export class RateByBatch implements StreamSource {
  readonly description: string;
  readonly #rate: BatchRate;
  /** Undefined while there is no end; `open` until the one batch up to it is planned. */
  #end: "open" | "reached" | undefined;

  constructor(rate: BatchRate) {
    this.description = `RateSource[rowsPerBatch=${rate.rowsPerBatch}, advancePerBatch=${rate.advance} µs, numPartitions=${rate.partitions}]`;
    this.#rate = rate;
  }

  latest(from: Offset | undefined): Promise<Offset | undefined> {
    if (this.#end === "reached") return Promise.resolve(from);
    if (this.#end === "open") this.#end = "reached";
    const { rows, time } = this.#positionOf(from);
    return Promise.resolve(JSON.stringify({ rows: rows + this.#rate.rowsPerBatch, time: time + this.#rate.advance }));
  }

  freezeEnd(): Promise<void> {
    this.#end = "open";
    return Promise.resolve();
  }

  async *read(from: Offset | undefined, to: Offset): AsyncGenerator<Chunk, void, undefined> {
    const begin = this.#positionOf(from);
    const count = this.#positionOf(to).rows - begin.rows;
    yield* rateRows({ first: BigInt(begin.rows), count, partitions: this.#rate.partitions, timeOf: () => begin.time });
  }

  commit(): void {
    // Everything follows from the offsets.
  }

  /** There is always a next batch. */
  waitForData(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #positionOf(offset: Offset | undefined): { readonly rows: number; readonly time: number } {
    if (offset === undefined) return { rows: 0, time: this.#rate.start };
    const match = /^\s*\{\s*"rows"\s*:\s*(\d{1,16})\s*,\s*"time"\s*:\s*(-?\d{1,16}(?:\.\d+)?)\s*\}\s*$/.exec(offset);
    if (match === null) throw unreadableOffset(offset);
    return { rows: Number(match[1]), time: Number(match[2]) };
  }
}
