import type { BatchContext } from "../../query/batch-context.ts";
import { RowText } from "../row-text.ts";
import type { RowKind, Sink, SinkContext } from "../sink.ts";
import type { MemoryTable } from "./memory-tables.ts";
import { AppendedRows, CountedRows, LastResult, UpsertedRows, type TableContent } from "./table-content.ts";

/**
 * Keeps a query's result in memory under the sink's name: append all rows, complete the last result, update the current one.
 * Nothing outlives the process: after a restart append starts empty, and the engine writes update and complete anew.
 */
export class MemorySink<Row> implements Sink<Row>, MemoryTable {
  readonly description = "MemorySink";
  readonly rebuilds = true;
  readonly encodesRows = true;
  readonly name: string;
  readonly mode;
  readonly columns;
  readonly #text: RowText<Row>;
  readonly #content: TableContent;
  #newest = -1;
  #pending: { readonly kind: RowKind; readonly cells: readonly string[] }[] = [];

  constructor(name: string, context: SinkContext<Row>) {
    this.name = name;
    this.mode = context.mode;
    this.columns = context.columns;
    this.#text = new RowText(context.encodeJson);
    this.#content = contentFor(context);
  }

  begin(batch: BatchContext): boolean {
    this.#pending = [];
    return batch.id > this.#newest;
  }

  write(kind: RowKind, row: Row): void {
    this.#pending.push({ kind, cells: this.#text.cells(row) });
  }

  /** Under the continuous trigger rows are there as they come. */
  flush(): Promise<void> {
    this.#content.apply(this.#pending);
    this.#pending = [];
    return Promise.resolve();
  }

  prepare(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  commit(batch: BatchContext): Promise<void> {
    if (batch.id > this.#newest) {
      this.#content.apply(this.#pending);
      this.#pending = [];
      this.#newest = batch.id;
    }
    return Promise.resolve();
  }

  abort(): Promise<void> {
    this.#pending = [];
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  rows(): Iterable<readonly string[]> {
    return this.#content.rows();
  }

  get rowCount(): number {
    return this.#content.rowCount;
  }
}

function contentFor<Row>(context: SinkContext<Row>): TableContent {
  if (context.mode === "append") return new AppendedRows();
  if (context.mode === "complete") return new LastResult();
  const { columns, key } = context;
  return key === undefined ? new CountedRows() : new UpsertedRows(key.map((name) => columns.findIndex((column) => column.name === name)));
}
