import type { BatchContext } from "../../query/batch-context.ts";
import { alignedTable, jsonCell, shown, type Cell } from "../aligned-table.ts";
import { RowText } from "../row-text.ts";
import type { RowKind, Sink, SinkContext } from "../sink.ts";

/**
 * Prints a table a batch on stdout when the batch is committed: the first rows, and how many there were. In complete mode that is
 * the whole result so far; in update mode a first column marks rows that left the result with `−`. A batch that a crash
 * superseded is printed again.
 */
export class ConsoleSink<Row> implements Sink<Row> {
  readonly description = "ConsoleSink";
  /** Who reads along sees the row that left. */
  readonly takesDeletedRows = true;
  readonly #context: SinkContext<Row>;
  readonly #text: RowText<Row>;
  readonly #limit: number;
  readonly #truncate: number;
  #rows: { readonly kind: RowKind; readonly cells: readonly Cell[] }[] = [];
  #count = 0;
  /** The batch that is running; rows of it may be shown already. */
  #batch = -1;
  #hasShown = false;

  /** `limit` rows, cells of `truncate` characters; 0 is no limit. */
  constructor(context: SinkContext<Row>, limit: number, truncate: number) {
    this.#context = context;
    this.#text = new RowText(context.encodeJson);
    this.#limit = limit;
    this.#truncate = truncate;
  }

  begin(batch: BatchContext): boolean {
    this.#clear();
    this.#batch = batch.id;
    this.#hasShown = false;
    return true;
  }

  write(kind: RowKind, row: Row): void {
    this.#count++;
    if (this.#limit > 0 && this.#rows.length >= this.#limit) return;
    this.#rows.push({ kind, cells: this.#text.cells(row).map((cell) => jsonCell(cell, this.#truncate)) });
  }

  /** Under the continuous trigger a table is printed for what came together. */
  flush(): Promise<void> {
    if (this.#count > 0) this.#show();
    return Promise.resolve();
  }

  prepare(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  commit(batch: BatchContext): Promise<void> {
    this.#batch = batch.id;
    if (this.#count > 0 || !this.#hasShown) this.#show();
    return Promise.resolve();
  }

  abort(): Promise<void> {
    this.#clear();
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #show(): void {
    const { host, queryName, columns } = this.#context;
    const marked = this.#rows.some((row) => row.kind === "-D");
    const rows = this.#rows.map(({ kind, cells }) => (marked ? [{ text: kind === "-D" ? "−" : "", right: false }, ...cells] : cells));
    const table = alignedTable([...(marked ? [""] : []), ...columns.map((column) => column.name)], rows);
    host.process.writeStdout(`── ${shown(queryName)} · batch ${this.#batch} ──\n${table}${this.#footer()}\n`);
    this.#hasShown = true;
    this.#clear();
  }

  #footer(): string {
    if (this.#count > this.#rows.length) return `(${this.#rows.length} of ${this.#count} rows)\n`;
    return this.#count === 1 ? "(1 row)\n" : `(${this.#count} rows)\n`;
  }

  #clear(): void {
    this.#rows = [];
    this.#count = 0;
  }
}
