import type { Weight } from "../changelog/change.ts";
import type { TextLane } from "../formats/columns/texts.ts";
import type { TypeDescriptor, ValueOf } from "../formats/type-descriptor.ts";
import type { RowKind } from "../connectors/sink.ts";
import type { Lane } from "./lanes/lane.ts";
import type { OperatorPlace } from "./operator-place.ts";

/** The value of a key column, by its descriptor. */
export type KeyValue<D> = D extends TypeDescriptor ? ValueOf<D> : unknown;

/** Windows as keys; all in microseconds. Rows are kept by pane (`PaneClock`). */
export interface WindowSpec {
  readonly size: number;
  readonly slide: number;
  readonly offset: number;
}

/**
 * What closes a group: the end of its window, when the watermark reaches it; the batch's clock, when it reaches the end of the window (a processing-time
 * window); or a key that is a time, when the watermark reaches its value (semantics W6, 0.11).
 */
export type Closing = "window end" | "clock" | { readonly key: string };

/** Key columns in order, and a lane for each aggregate. */
export interface KeyedLanes {
  readonly key: Readonly<Record<string, TypeDescriptor>>;
  readonly lanes: () => Readonly<Record<string, Lane>>;
}

/** What a group table holds: key columns in order, a window if there is one, and a lane for each aggregate. */
export interface GroupSpec extends KeyedLanes, OperatorPlace {
  readonly window?: WindowSpec;
  /** Absent where nothing is late and nothing is given back: in complete mode, and where no key is a time. */
  readonly closing?: Closing;
  /** Rows may be taken back: the table counts those of each group, and a group without rows is gone (a table without keys and window keeps its one group). */
  readonly counted?: true;
  /** Of a scratch table without keys and window: its one group is there only if a row has reached it. */
  readonly mayBeEmpty?: true;
  /** Where nothing closes but a watermark moves below: batches without data run for it all the same (semantics W7). */
  readonly underWatermark?: true;
}

/** Some groups of a table, to be read in a loop over `slots`. A slot is good until the table is next written to. */
export interface GroupView<Spec extends KeyedLanes> {
  readonly slots: Iterable<number>;
  readonly keys: { readonly [P in keyof Spec["key"]]: { get(slot: number): KeyValue<Spec["key"][P]> } };
  readonly lanes: ReturnType<Spec["lanes"]>;
  /** Microseconds. Only where the table has a window. */
  windowStart(slot: number): number;
  windowEnd(slot: number): number;
  /**
   * Notes whether the group's row is in the result after this batch and says how the result changes: `+I` the first time, `+U`
   * after that, `-D` when it leaves; undefined where it was not there and is not. Kept in the checkpoint. Only in `changes()`.
   */
  mark(slot: number, present: boolean): RowKind | undefined;
  /** `mark` of a group that no condition leaves out: `+I` the first time, `+U` after that. */
  markPresent(slot: number): RowKind;
  /** Whether the group has rows: false only in the `changes()` of a table that is counted, for a group that lost its last row in this batch. */
  isThere(slot: number): boolean;
}

/**
 * Groups of rows with the state of their aggregates. The runtime owns key → slot, windows → panes, what changed and how it is
 * stored; emitted code owns the arithmetic on the lanes at a slot.
 */
export interface Groups<Spec extends GroupSpec> {
  /** The slot of a group, made empty if it is new, and noted as changed. With a window the first argument is the event time (µs). */
  slot(...key: readonly unknown[]): number;
  /** `slot` of a row that enters (1) or leaves (−1); only of a table that is `counted`. With a window the second argument is the event time (µs). */
  slotOfChange(weight: Weight, ...key: readonly unknown[]): number;
  /** The same for a key of one string column that stands in a reader's lane as it is: no string is made. */
  slotOfText(lane: TextLane, row: number): number;
  /** `slotOfText` of a table with a window; `time` as in `slot`. */
  slotOfTextAt(time: number, lane: TextLane, row: number): number;
  readonly lanes: ReturnType<Spec["lanes"]>;
  /**
   * Whether every window (or the time key) of a row at `time` (µs) is closed for this batch's late watermark; counted as late. A row that has
   * only lost some of its windows is counted as partly late and is not. A null time is never late.
   */
  isLate(time: number | null): boolean;
  /** The groups (windows) that this batch's watermark (or clock) closes and that of late rows does not; nothing while a result is shown again after a restart. */
  closed(): GroupView<Spec>;
  /** The whole result: every group (every window that has a row). A table without keys and window always has its one group. */
  snapshot(): GroupView<Spec>;
  /** The groups (windows) that changed in this batch; a table without keys and window gives its one group in every batch. */
  changes(): GroupView<Spec>;
  /** Empties a scratch table. */
  clear(): void;
}
