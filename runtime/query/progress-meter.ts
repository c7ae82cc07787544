import type { Clock } from "../host/host.ts";
import { formatIsoMilliseconds } from "../time/iso-milliseconds.ts";
import type { OperatorTimes } from "./operator-counts.ts";
import type { OutputCount } from "./query-outputs.ts";
import { watermarkText, type QueryProgress, type StateOperatorProgress } from "./progress.ts";
import type { ReadCounts } from "./read-runner.ts";

/** What the executor knows at the end of a trigger. */
export interface BatchFacts {
  readonly batchId: number;
  /** Milliseconds; undefined where the query has no watermark. */
  readonly watermark: number | undefined;
  /** Of the batch's event times in milliseconds; undefined where it had none. */
  readonly statistics: { readonly min: number; readonly max: number; readonly avg: number } | undefined;
  readonly sinks: readonly OutputCount[];
  readonly reads: readonly { readonly name: string; readonly description: string; readonly startOffset: string | undefined; readonly endOffset: string | undefined; readonly metrics: Readonly<Record<string, string>> }[];
  readonly operators: readonly StateOperatorProgress[];
}

/** Measures the parts of a trigger and makes the batch's progress of them (Spark: ProgressReporter, semantics 1.11). */
export class ProgressMeter {
  readonly #clock: Clock;
  readonly #identity: { readonly id: string; readonly runId: string; readonly name: string; readonly shard?: string };
  #triggerStart: number | undefined;
  #triggerClock = 0;
  #previousStart: number | undefined;
  #durations: Record<string, number> = {};
  #rows = new Map<string, number>();
  #malformed = 0;
  #batches = 0;
  #stateTime = 0;
  #removalTime = 0;

  constructor(clock: Clock, identity: { readonly id: string; readonly runId: string; readonly name: string; readonly shard?: string }) {
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
    this.#previousStart = this.#triggerStart;
    this.#triggerStart = this.#clock.now();
    this.#triggerClock = this.#clock.monotonic();
    this.#durations = {};
    this.#stateTime = 0;
    this.#removalTime = 0;
  }

  beginBatch(): void {
    if (this.#triggerStart === undefined) this.beginTrigger();
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

  /** Times what makes the state durable, which is a part of `addBatch`. */
  commitState<T>(work: () => T): T {
    const before = this.#addBatch;
    const result = this.timeSync("addBatch", work);
    this.#stateTime = this.#addBatch - before;
    return result;
  }

  /** Times what gives state back, within the time of `addBatch`. */
  removeState(work: () => void): void {
    const began = this.#clock.monotonic();
    work();
    this.#removalTime = Math.round(this.#clock.monotonic() - began);
  }

  /** Milliseconds in which the trigger put rows through the query and into its sinks, gave state back, and made its state durable. */
  get operatorTimes(): OperatorTimes {
    return { rows: this.#addBatch - this.#stateTime - this.#removalTime, removals: this.#removalTime, state: this.#stateTime };
  }

  get #addBatch(): number {
    return this.#durations["addBatch"] ?? 0;
  }

  #add(part: string, began: number): void {
    this.#durations[part] = (this.#durations[part] ?? 0) + Math.round(this.#clock.monotonic() - began);
  }

  /** The progress of a trigger that ran no batch: nothing was counted. */
  idle(facts: BatchFacts): QueryProgress {
    this.#rows = new Map();
    this.#malformed = 0;
    return this.progress(facts);
  }

  progress(facts: BatchFacts): QueryProgress {
    const duration = Math.round(this.#clock.monotonic() - this.#triggerClock);
    const start = this.#triggerStart ?? this.#clock.now();
    // The first trigger has none before it: rows over an infinite time, as Spark reports it.
    const sinceLast = this.#previousStart === undefined ? Infinity : (start - this.#previousStart) / 1000;
    const rows = this.counts.rows;
    const sources = facts.reads.map(({ name, description, startOffset, endOffset, metrics }) => {
      const read = this.#rows.get(name) ?? 0;
      return { description, startOffset, endOffset, latestOffset: endOffset, numInputRows: read, inputRowsPerSecond: read / sinceLast, processedRowsPerSecond: read / (duration / 1000), ...(Object.keys(metrics).length === 0 ? {} : { metrics }) };
    });
    const eventTime: Record<string, string> = {};
    if (facts.watermark !== undefined) eventTime["watermark"] = watermarkText(facts.watermark);
    if (facts.statistics !== undefined) {
      for (const part of ["min", "max", "avg"] as const) eventTime[part] = formatIsoMilliseconds(facts.statistics[part]);
    }
    return {
      ...this.#identity,
      timestamp: formatIsoMilliseconds(start),
      batchId: facts.batchId,
      batchDuration: duration,
      numInputRows: rows,
      inputRowsPerSecond: rows / sinceLast,
      processedRowsPerSecond: rows / (duration / 1000),
      durationMs: { ...this.#durations, triggerExecution: duration },
      eventTime,
      stateOperators: facts.operators,
      sources,
      sink: sinkOf(facts.sinks),
      ...(facts.sinks.length > 1 ? { sinks: facts.sinks } : {}),
      malformedRows: this.#malformed,
    };
  }
}

/** Several sinks in the one field that Spark has: their descriptions one after the other, their rows together. */
function sinkOf(sinks: readonly OutputCount[]): QueryProgress["sink"] {
  const counts = sinks.map(({ numOutputRows }) => numOutputRows);
  return { description: sinks.map(({ description }) => description).join(", "), numOutputRows: counts.includes(-1) ? -1 : counts.reduce((a, b) => a + b, 0) };
}
