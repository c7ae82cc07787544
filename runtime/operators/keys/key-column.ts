import type { RowReader, RowWriter } from "../../state/row-codec.ts";

/**
 * The distinct values of one key column, numbered from 0 in the order in which they came. Numbers are dense and stay as they are
 * until `keep` or `clear`. Null is a value like any other; NaN equals NaN; −0.0 is 0.0; records and arrays are equal by content.
 */
export interface KeyColumn {
  readonly size: number;
  /** The number of a value, given now if it is new. A `KeyLane` of the column's type stands for the value of its `keyRow`. */
  idOf(value: unknown): number;
  /** The number of a value, or −1. */
  find(value: unknown): number;
  get(id: number): unknown;
  clear(): void;
  /** Keeps only the values of these numbers, which ascend; the first of them becomes number 0, and so on. */
  keep(ids: Int32Array): void;
  write(id: number, out: RowWriter): void;
  /** Reads a value as `write` wrote it and gives its number. */
  read(row: RowReader): number;
}
