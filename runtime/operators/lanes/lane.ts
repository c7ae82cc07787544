import type { RowReader, RowWriter } from "../../state/row-codec.ts";

/**
 * The state of one aggregate over all groups of a table: one entry a slot. `add` and `get` are each lane's own; the rest is
 * what the table needs. A lane's arithmetic must be the same whether values come one by one or are merged from panes.
 */
export interface Lane {
  /** Names the stored form, e.g. `sumDecimal(20,2)`: part of the state's schema, so a change of it is noticed at restore. */
  readonly form: string;
  /** Makes slots below `capacity` exist; new ones are empty. */
  ensure(capacity: number): void;
  /** Makes a slot empty again. */
  reset(slot: number): void;
  /** Makes the empty slot `to` what `from` is, in its written form too, and `from` empty. */
  move(to: number, from: number): void;
  /** Adds another lane's entry (same form) to this one's. */
  merge(slot: number, from: Lane, fromSlot: number): void;
  /** `merge` of many entries, one after the other, where a lane has a loop of its own for it. */
  mergeEach?(slots: Int32Array, from: Lane, fromSlots: Int32Array): void;
  write(slot: number, out: RowWriter): void;
  read(slot: number, row: RowReader): void;
}
