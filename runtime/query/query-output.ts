import type { RowKind, Sink } from "../connectors/sink.ts";
import type { Output } from "./query-context.ts";

/** Hears of every row of a batch besides the sink (capture). */
export interface RowListener<Row> {
  row(kind: RowKind, row: Row): void;
}

/** Passes a query's rows to its sink, unless the sink has this batch already, and to whoever listens. */
export class QueryOutput<Row> implements Output<Row> {
  readonly #sink: Sink<Row>;
  readonly #listener: RowListener<Row> | undefined;
  #toSink = true;
  #toListener = true;
  #rows = 0;

  constructor(sink: Sink<Row>, listener: RowListener<Row> | undefined) {
    this.#sink = sink;
    this.#listener = listener;
  }

  /** Starts a batch; `toSink` is false where the sink has seen it. `quiet`: rows are shown to the sink alone. */
  begin(toSink: boolean, quiet: boolean = false): void {
    this.#toSink = toSink;
    this.#toListener = !quiet;
    this.#rows = 0;
  }

  get rows(): number {
    return this.#rows;
  }

  insert(row: Row): void {
    this.write("+I", row);
  }

  write(kind: RowKind, row: Row): void {
    this.#rows++;
    if (this.#toSink) this.#sink.write(kind, row);
    if (this.#toListener) this.#listener?.row(kind, row);
  }
}
