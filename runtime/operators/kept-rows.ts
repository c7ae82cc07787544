import type { RowReader, RowWriter } from "../state/row-codec.ts";
import type { RowForm } from "./row-form.ts";

/** Rows by number, for as long as an operator keeps them. */
export interface KeptRows<Row> {
  has(at: number): boolean;
  /** A row, to be looked at: it may be a `PackedRow`. */
  row(at: number): Row;
  /** Keeps a row under a number, in place of the one that is there. */
  put(at: number, row: Row): void;
  remove(at: number): void;
  /** Gives a row the number `to`, which has none. */
  move(to: number, from: number): void;
  write(at: number, out: RowWriter): void;
  /** Keeps a row as `write` wrote it. */
  read(at: number, from: RowReader): void;
  clear(): void;
}

/** Rows as the objects that they come as. */
export class RowObjects<Row> implements KeptRows<Row> {
  readonly #form: RowForm<Row>;
  readonly #rows: (Row | undefined)[] = [];

  constructor(form: RowForm<Row>) {
    this.#form = form;
  }

  has(at: number): boolean {
    return this.#rows[at] !== undefined;
  }

  row(at: number): Row {
    return this.#rows[at]!;
  }

  put(at: number, row: Row): void {
    this.#rows[at] = row;
  }

  remove(at: number): void {
    this.#rows[at] = undefined;
  }

  move(to: number, from: number): void {
    this.#rows[to] = this.#rows[from];
    this.#rows[from] = undefined;
  }

  write(at: number, out: RowWriter): void {
    this.#form.write(this.row(at), out);
  }

  read(at: number, from: RowReader): void {
    this.put(at, this.#form.read(from));
  }

  clear(): void {
    this.#rows.length = 0;
  }
}
