import type { RowKind } from "../connectors/sink.ts";
import { JsonWriter } from "../formats/json-writer.ts";
import type { BatchListener } from "../query/batch-listener.ts";
import type { OutputDefinition } from "../query/definition.ts";

/** How a row came out: in the runtime's representation, and as its JSON. */
export interface RecordedRow {
  readonly kind: RowKind;
  readonly row: unknown;
  readonly json: string;
  /** The sink that it went to, where the query has several. */
  readonly sink?: string;
}

/** A batch as the query's listener heard of it. */
export interface RecordedBatch {
  readonly id: number;
  readonly attempt: number;
  /** Milliseconds that the batch ran with, `Infinity` at the end of input; null where the query has none, or the batch failed. */
  readonly watermark: number | null;
  /** Undefined where the batch did not come to its end. */
  readonly inputRows: number | undefined;
  readonly rows: readonly RecordedRow[];
  /** Why the batch did not come to its end. */
  readonly failed: Error | undefined;
}

interface OpenBatch {
  readonly id: number;
  readonly attempt: number;
  readonly rows: RecordedRow[];
  /** The sinks that have not come to the batch's end. */
  readonly sinks: Set<string>;
}

/** Gathers the batches of a query, also over restarts. */
export class BatchRecorder {
  #done: RecordedBatch[] = [];
  #open: OpenBatch | undefined;

  /** The listener of a sink in one start of the query; `together` where the query has more than this one. */
  listener(output: OutputDefinition<never>, together: boolean): BatchListener<never> {
    const out = new JsonWriter();
    const jsonOf = (row: never): string => {
      out.reset();
      output.encodeJson(row, out);
      return new TextDecoder().decode(out.view());
    };
    return {
      begin: ({ id, attempt }) => {
        if (this.#open?.id !== id || this.#open.attempt !== attempt) this.#open = { id, attempt, rows: [], sinks: new Set() };
        this.#open.sinks.add(output.name);
      },
      row: (kind, row) => void this.#open?.rows.push({ kind, row, json: jsonOf(row), ...(together ? { sink: output.name } : {}) }),
      end: ({ watermark, inputRows }) => {
        const open = this.#open;
        open?.sinks.delete(output.name);
        if (open === undefined || open.sinks.size > 0) return;
        const { id, attempt, rows } = open;
        this.#done.push({ id, attempt, rows, watermark, inputRows, failed: undefined });
        this.#open = undefined;
      },
    };
  }

  /** The batches since the last call. One that `failure` cut off is the last of them. */
  take(failure: Error | undefined): readonly RecordedBatch[] {
    const batches = this.#done;
    this.#done = [];
    if (failure === undefined || this.#open === undefined) return batches;
    const { id, attempt, rows } = this.#open;
    this.#open = undefined;
    return [...batches, { id, attempt, watermark: null, inputRows: undefined, rows, failed: failure }];
  }
}
