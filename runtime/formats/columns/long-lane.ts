import { grownCapacity } from "./grown-capacity.ts";
import { KeyLane } from "./key-lane.ts";

/** What columns of longs and scaled decimals share: canonical values, a number while safe, else a bigint. */
export class LongLane extends KeyLane {
  /** NaN says that the row's value is in `wide`, or null where it is not there. */
  values = new Float64Array(0);
  readonly wide = new Map<number, bigint>();

  /** Makes rows below `rows` exist and forgets the last batch. */
  ensure(rows: number): void {
    if (this.wide.size > 0) this.wide.clear();
    if (this.values.length < rows) this.values = new Float64Array(grownCapacity(rows));
  }

  put(row: number, value: unknown): void {
    if (typeof value === "bigint") this.putWide(row, value);
    else if (value === null) this.putNull(row);
    else this.values[row] = Number(value);
  }

  putWide(row: number, value: bigint): void {
    this.values[row] = NaN;
    this.wide.set(row, value);
  }

  putNull(row: number): void {
    this.values[row] = NaN;
    if (this.wide.size > 0) this.wide.delete(row);
  }
}
