import type { QueryProgress, StateOperatorProgress } from "../query/progress.ts";
import { Histogram } from "./histogram.ts";

/** What a query has done since the process started, added up from its progress batch by batch. */
export class QueryCounts {
  readonly durations = new Histogram();
  #inputRows = 0;
  #outputRows = 0;
  #lateRows = 0;
  #partlyLateRows = 0;
  #malformedRows = 0;
  #last: QueryProgress | undefined;

  /** Adds a batch. */
  add(progress: QueryProgress): void {
    this.durations.add(progress.batchDuration / 1000);
    this.#inputRows += progress.numInputRows;
    // A sink that does not know says −1.
    this.#outputRows += Math.max(0, progress.sink.numOutputRows);
    this.#lateRows += progress.stateOperators.reduce((sum, operator) => sum + operator.numRowsDroppedByWatermark, 0);
    this.#partlyLateRows += progress.stateOperators.reduce((sum, { customMetrics }) => sum + (customMetrics?.["partlyLateRows"] ?? 0), 0);
    this.#malformedRows += progress.malformedRows;
    this.#last = progress;
  }

  get inputRows(): number {
    return this.#inputRows;
  }

  get outputRows(): number {
    return this.#outputRows;
  }

  /** Rows that stateful operators did not take because the watermark had passed them. */
  get lateRows(): number {
    return this.#lateRows;
  }

  /** Rows that were late for some of their windows only. */
  get partlyLateRows(): number {
    return this.#partlyLateRows;
  }

  get malformedRows(): number {
    return this.#malformedRows;
  }

  get lastBatchId(): number | undefined {
    return this.#last?.batchId;
  }

  /** The start of the last batch, milliseconds since the epoch. */
  get lastBatchAt(): number | undefined {
    return this.#last === undefined ? undefined : Date.parse(this.#last.timestamp);
  }

  get operators(): readonly StateOperatorProgress[] {
    return this.#last?.stateOperators ?? [];
  }

  /** The watermark in milliseconds; undefined where the query has none, before it has seen a time, and at the end of input. */
  get watermark(): number | undefined {
    const milliseconds = Date.parse(this.#last?.eventTime["watermark"] ?? "");
    return milliseconds > 0 ? milliseconds : undefined;
  }
}
