import type { Weight } from "../changelog/change.ts";
import { LastRows } from "../changelog/last-rows.ts";
import { nettedChanges, type NettedChanges } from "../changelog/netted-changes.ts";
import type { RowKind, Sink } from "../connectors/sink.ts";
import { plainRow } from "../operators/row-view.ts";
import type { OutputDefinition } from "./definition.ts";
import type { Output } from "./query-context.ts";

/** Hears of every row of a batch besides the sink (capture). */
export interface RowListener<Row> {
  /** Whether it hears, besides, of the row that stood before an update (`-U`), and of a deleted row as it was. Asked once, when the output is made. */
  readonly wantsRowsBefore?: boolean;
  /** Whether a deleted row is to be heard of as it was. Asked once, too. */
  readonly takesDeletedRows?: boolean;
  row(kind: RowKind, row: Row): void;
}

/**
 * Passes a query's rows to its sink, unless the sink has this batch already, and to whoever listens. Changes are gathered until the
 * batch has run. A sink takes what stands after an update, so `-U` reaches the listener only.
 */
export class QueryOutput<Row> implements Output<Row> {
  readonly #sink: Sink<Row>;
  readonly #listener: RowListener<Row> | undefined;
  /** The rows that were written, where somebody is told of a row that leaves as it was, and the query does not say it. */
  readonly #last: LastRows<Row> | undefined;
  readonly #changes: NettedChanges<Row>;
  readonly #hearsBefore: boolean;
  /** Whether rows that are kept as bytes go to the sink as they are: nobody else sees them. */
  readonly #givesPacked: boolean;
  readonly #takesDeleted: boolean;
  #toSink = true;
  #toListener = true;
  #rows = 0;

  constructor({ columns, key, mode }: Pick<OutputDefinition<Row>, "columns" | "key" | "mode">, sink: Sink<Row>, listener: RowListener<Row> | undefined) {
    this.#sink = sink;
    this.#listener = listener;
    this.#hearsBefore = listener?.wantsRowsBefore === true;
    this.#takesDeleted = sink.takesDeletedRows === true;
    const remembers = this.#takesDeleted || this.#hearsBefore || listener?.takesDeletedRows === true;
    this.#last = remembers && mode === "update" && key !== undefined ? new LastRows(key) : undefined;
    this.#givesPacked = sink.encodesRows === true && listener === undefined && this.#last === undefined;
    this.#changes = nettedChanges(columns.map(({ name }) => name), key);
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

  /** Whether it has to be shown the result again after a restart, to know what stood before an update. */
  get remembers(): boolean {
    return this.#last !== undefined;
  }

  insert(row: Row): void {
    this.write("+I", row);
  }

  write(kind: RowKind, given: Row): void {
    const row = this.#givesPacked ? given : plainRow(given);
    if (this.#last === undefined) this.#send(kind, row);
    else this.#sendAfter(this.#last, kind, row);
  }

  change(weight: Weight, row: Row): void {
    this.#changes.add(weight, plainRow(row));
  }

  /** Sends what the changes of the batch come to. */
  settle(): void {
    this.#changes.settle((kind, row) => this.#send(kind, row));
  }

  /** Sends a row; the listener hears first of the one of its key that stood before. */
  #sendAfter(last: LastRows<Row>, kind: RowKind, row: Row): void {
    const before = kind === "-D" ? last.take(row) : last.put(row);
    if (kind === "+U" && before !== undefined) this.#send("-U", before);
    this.#send(kind, row, kind === "-D" ? before : row);
  }

  /** `was`: a deleted row as it stood. */
  #send(kind: RowKind, row: Row, was: Row = row): void {
    if (kind === "-U") {
      if (this.#toListener && this.#hearsBefore) this.#listener?.row(kind, row);
      return;
    }
    this.#rows++;
    if (this.#toSink) this.#sink.write(kind, this.#takesDeleted ? was : row);
    if (this.#toListener) this.#listener?.row(kind, was);
  }
}
