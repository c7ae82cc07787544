import { grownCapacity } from "./grown-capacity.ts";

/** The lane of a required int, double, date, timestamp or duration while a reader fills it: batches show `values` alone. */
export class Numbers {
  values = new Float64Array(0);

  /** Makes rows below `rows` exist. */
  ensure(rows: number): void {
    if (this.values.length < rows) this.values = new Float64Array(grownCapacity(rows));
  }

  /** Takes a decoded value; a reader has checked that it is a number. */
  put(row: number, value: unknown): void {
    this.values[row] = Number(value);
  }
}
