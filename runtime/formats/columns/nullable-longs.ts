import { LongLane } from "./long-lane.ts";

/** A column of longs or scaled decimals that may be null. */
export class NullableLongs extends LongLane {
  get(row: number): number | bigint | null {
    const value = this.values[row]!;
    return value === value ? value : (this.wide.get(row) ?? null);
  }
}
