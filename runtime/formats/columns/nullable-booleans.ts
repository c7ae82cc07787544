import { grownCapacity } from "./grown-capacity.ts";

/** A boolean column that may be null: a byte a row, 0 false, 1 true, 2 null. */
export class NullableBooleans {
  values = new Uint8Array(0);

  get(row: number): boolean | null {
    const value = this.values[row]!;
    return value === 2 ? null : value === 1;
  }

  /** Makes rows below `rows` exist. */
  ensure(rows: number): void {
    if (this.values.length < rows) this.values = new Uint8Array(grownCapacity(rows));
  }

  put(row: number, value: unknown): void {
    this.values[row] = value === null ? 2 : value === true ? 1 : 0;
  }

  putNull(row: number): void {
    this.values[row] = 2;
  }
}
