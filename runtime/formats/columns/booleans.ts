import { grownCapacity } from "./grown-capacity.ts";

/** The lane of a required boolean while a reader fills it: batches show `values` alone, 1 for true. */
export class Booleans {
  values = new Uint8Array(0);

  /** Makes rows below `rows` exist. */
  ensure(rows: number): void {
    if (this.values.length < rows) this.values = new Uint8Array(grownCapacity(rows));
  }

  put(row: number, value: unknown): void {
    this.values[row] = value === true ? 1 : 0;
  }
}
