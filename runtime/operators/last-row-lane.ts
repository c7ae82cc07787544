import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { descriptorText, valueType } from "../formats/value-type.ts";
import type { RowReader, RowWriter } from "../state/row-codec.ts";
import type { Lane } from "./lanes/lane.ts";
import { type RowForm, rowForm } from "./row-form.ts";

/** The row that was last given for each group, which is taken back when the group changes. A lane of the table's own: it is stored and given up with the group. */
export class LastRowLane<Row> implements Lane {
  readonly form: string;
  readonly #stored: RowForm<Row>;
  readonly #rows: (Row | undefined)[] = [];

  constructor(columns: Readonly<Record<string, TypeDescriptor>>) {
    this.form = `last row ${descriptorText(valueType({ record: Object.entries(columns) }))}`;
    this.#stored = rowForm(columns);
  }

  has(slot: number): boolean {
    return this.#rows[slot] !== undefined;
  }

  get(slot: number): Row | undefined {
    return this.#rows[slot];
  }

  set(slot: number, row: Row | undefined): void {
    this.#rows[slot] = row;
  }

  ensure(capacity: number): void {
    while (this.#rows.length < capacity) this.#rows.push(undefined);
  }

  reset(slot: number): void {
    this.#rows[slot] = undefined;
  }

  move(to: number, from: number): void {
    this.#rows[to] = this.#rows[from];
    this.reset(from);
  }

  merge(): never {
    throw new TypeError("windows are not put together from the rows of their panes");
  }

  write(slot: number, out: RowWriter): void {
    const row = this.#rows[slot];
    if (row === undefined) out.writeNull();
    else this.#stored.write(row, out);
  }

  read(slot: number, row: RowReader): void {
    this.#rows[slot] = row.readNull() ? undefined : this.#stored.read(row);
  }
}
