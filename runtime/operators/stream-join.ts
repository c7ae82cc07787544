import type { TypeDescriptor } from "../formats/type-descriptor.ts";

export type StreamJoinKind = "inner" | "left" | "right" | "full" | "semi" | "anti";

/** One side of a join of two streams. */
export interface JoinSide<Row> {
  /** The fields of a row of this side, as they are kept. */
  readonly columns: Readonly<Record<string, TypeDescriptor>>;
  /** A row is given up when `time(row) <= watermark + offset` (µs; semantics J2, J4). Absent: never. A null time is given up at the end of input only. */
  readonly keeps?: { time(row: Row): number | null; readonly offset: number };
}

export interface StreamJoinSpec<Left, Right> {
  readonly kind: StreamJoinKind;
  readonly key: Readonly<Record<string, TypeDescriptor>>;
  /** By key, in order: null meets null (`<=>`). Without it a row with a null key meets none. */
  readonly nullSafe?: readonly boolean[];
  readonly left: JoinSide<Left>;
  readonly right: JoinSide<Right>;
  /** What a pair with equal keys must pass besides. */
  readonly residual?: (left: Left, right: Right) => boolean;
}

/** What a batch gives: a pair; or a row without a partner, with null for the other side (of a semi or anti join always). */
export interface JoinedRow<Left, Right> {
  readonly left: Left | null;
  readonly right: Right | null;
}

/** A join of two streams, kept in the checkpoint (Spark: StreamingSymmetricHashJoinExec; semantics J1–J9). */
export interface StreamJoin<Left, Right> {
  /** Whether a row of this event time (µs) is late for the join; counted. A null time is not. Asked only of a side that has an event time. */
  isLate(time: number | null): boolean;
  /** `meets`: false where a condition on this side alone fails: it meets nothing, and of an outer side it comes out at once, unkept (semantics J7). */
  addLeft(key: readonly unknown[], row: Left, meets?: boolean): void;
  addRight(key: readonly unknown[], row: Right, meets?: boolean): void;
  /** The pairs since the batch began, then what this batch's watermark gives up unmatched. Read once a batch, after all rows of both sides. */
  take(): Iterable<JoinedRow<Left, Right>>;
}
