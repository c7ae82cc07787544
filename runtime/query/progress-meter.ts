import type { Clock } from "../host/host.ts";
import { formatIsoMilliseconds } from "../time/iso-milliseconds.ts";
import { watermarkText, type QueryProgress, type StateOperatorProgress } from "./progress.ts";
import type { ReadCounts } from "./read-runner.ts";

/** What the executor knows at the end of a batch. */
export interface BatchFacts {
  readonly timestampMs: number;
  /** Milliseconds; undefined where the query has no watermark. */
  readonly watermark: number | undefined;
  readonly statistics: { readonly min: number; readonly max: number; readonly avg: number } | undefined;
  readonly outputRows: number;
  readonly sink: string;
  readonly reads: readonly { readonly name: string; readonly description: string; readonly startOffset: string | undefined; readonly endOffset: string | undefined }[];
  readonly operators: readonly StateOperatorProgress[];
}

/** Measures the parts of a trigger and makes the batch's progress of them (Spark: ProgressReporter, semantics 1.11). */
export class ProgressMeter {
  readonly #clock: Clock;
  readonly #identity: { readonly id: string; readonly runId: string; readonly name: string };
  #triggerStart = 0;
  #triggerClock = 0;
  #previousStart: number | undefined;
  #durations: Record<string, number> = {};
  #rows = new Map<string, number>();
  #malformed = 0;
  #batches = 0;
  #batchId = 0;

  constructor(clock: Clock, identity: { readonly id: string; readonly runId: string; readonly name: string }) {
    this.#clock = clock;
    this.#identity = identity;
  }

  get batches(): number {
    return this.#batches;
  }

  /** Rows of the running batch. */
  get counts(): ReadCounts {
    return { rows: [...this.#rows.values()].reduce((a, b) => a + b, 0), malformed: this.#malformed };
  }

  beginTrigger(): void {
    this.#triggerStart = this.#clock.now();
    this.#triggerClock = this.#clock.monotonic();
    this.#durations = {};
  }

  beginBatch(id: number): void {
    if (this.#triggerStart === 0) this.beginTrigger();
    this.#batchId = id;
    this.#batches++;
    this.#rows = new Map();
    this.#malformed = 0;
  }

  addRead(name: string, counts: ReadCounts): void {
    this.#rows.set(name, (this.#rows.get(name) ?? 0) + counts.rows);
    this.#malformed += counts.malformed;
  }

  addMalformed(count: number): void {
    this.#malformed += count;
  }

  async time<T>(part: string, work: () => Promise<T>): Promise<T> {
    const began = this.#clock.monotonic();
    const result = await work();
    this.#add(part, began);
    return result;
  }

  timeSync<T>(part: string, work: () => T): T {
    const began = this.#clock.monotonic();
    const result = work();
    this.#add(part, began);
    return result;
  }

  #add(part: string, began: number): void {
    this.#durations[part] = (this.#durations[part] ?? 0) + Math.round(this.#clock.monotonic() - began);
  }

  progress(facts: BatchFacts): QueryProgress {
    const duration = Math.round(this.#clock.monotonic() - this.#triggerClock);
    // The first trigger has none before it: rows over an infinite time, as Spark reports it.
    const sinceLast = this.#previousStart === undefined ? Infinity : (this.#triggerStart - this.#previousStart) / 1000;
    this.#previousStart = this.#triggerStart;
    const rows = this.counts.rows;
    const sources = facts.reads.map(({ name, description, startOffset, endOffset }) => {
      const read = this.#rows.get(name) ?? 0;
      return { description, startOffset, endOffset, numInputRows: read, inputRowsPerSecond: read / sinceLast, processedRowsPerSecond: read / (duration / 1000) };
    });
    const eventTime: Record<string, string> = {};
    if (facts.watermark !== undefined) eventTime["watermark"] = watermarkText(facts.watermark);
    if (facts.statistics !== undefined) {
      for (const part of ["min", "max", "avg"] as const) eventTime[part] = formatIsoMilliseconds(facts.statistics[part]);
    }
    return {
      ...this.#identity,
      timestamp: formatIsoMilliseconds(this.#triggerStart),
      batchId: this.#batchId,
      batchDuration: duration,
      numInputRows: rows,
      inputRowsPerSecond: rows / sinceLast,
      processedRowsPerSecond: rows / (duration / 1000),
      durationMs: { ...this.#durations, triggerExecution: duration },
      eventTime,
      stateOperators: facts.operators,
      sources,
      sink: { description: facts.sink, numOutputRows: facts.outputRows },
      malformedRows: this.#malformed,
    };
  }
}
