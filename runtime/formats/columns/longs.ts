import { LongLane } from "./long-lane.ts";

/** A column of required longs or scaled decimals. */
export class Longs extends LongLane {
  get(row: number): number | bigint {
    const value = this.values[row]!;
    return value === value ? value : this.wide.get(row)!;
  }
}
