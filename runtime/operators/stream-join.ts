import type { TypeDescriptor, ValueOf } from "../formats/type-descriptor.ts";
import type { LanesOf } from "../state/lane-packer.ts";
import type { OperatorPlace } from "./operator-place.ts";

export type StreamJoinKind = "inner" | "left" | "right" | "full" | "semi" | "anti";

/** One side of a join of two streams. */
export interface JoinSide<Row> {
  /** The fields of a row of this side, as they are kept. */
  readonly columns: Readonly<Record<string, TypeDescriptor>>;
  /** Rows come as they stand in a reader's lanes (`leftFrom`, `rightFrom`), and are kept as bytes. */
  readonly packed?: true;
  /** A row is given up when `time(row) <= watermark + offset` (µs; semantics J2, J4). Absent: never. A null time is given up at the end of input only. */
  readonly keeps?: { time(row: Row): number | null; readonly offset: number };
}

export interface StreamJoinSpec<Left, Right> extends OperatorPlace {
  readonly kind: StreamJoinKind;
  readonly key: Readonly<Record<string, TypeDescriptor>>;
  /** By key, in order: null meets null (`<=>`). Without it a row with a null key meets none. */
  readonly nullSafe?: readonly boolean[];
  readonly left: JoinSide<Left>;
  readonly right: JoinSide<Right>;
  /** What a pair with equal keys must pass besides. */
  readonly residual?: (left: Left, right: Right) => boolean;
}

/**
 * What a batch gives: a pair; or a row without a partner, with null for the other side (of a semi or anti join always). The kind says which
 * side may be null; where it is not known, both may.
 */
export interface JoinedRow<Left, Right, Kind extends StreamJoinKind = StreamJoinKind> {
  readonly left: Kind extends "right" | "full" ? Left | null : Left;
  readonly right: Kind extends "left" | "full" ? Right | null : Kind extends "semi" | "anti" ? null : Right;
}

/** The columns of a side. */
export type JoinColumns = Readonly<Record<string, TypeDescriptor>>;

/** The rows of a side by the descriptors of its columns. */
export type JoinSideRow<Columns extends JoinColumns> = { readonly [Name in keyof Columns]: ValueOf<Columns[Name]> };

/** A spec as emitted code writes it: its columns give the types of the rows, and its kind which of them may be missing. */
export interface TypedStreamJoinSpec<Kind extends StreamJoinKind, Left extends JoinColumns, Right extends JoinColumns> extends StreamJoinSpec<JoinSideRow<Left>, JoinSideRow<Right>> {
  readonly kind: Kind;
  readonly left: JoinSide<JoinSideRow<Left>> & { readonly columns: Left };
  readonly right: JoinSide<JoinSideRow<Right>> & { readonly columns: Right };
}

/** Takes rows of one side as they stand in the lanes of one batch of a reader. */
export interface JoinOfLanes {
  /** `addLeft` or `addRight` of the batch's row. */
  add(key: readonly unknown[], row: number, meets?: boolean): void;
}

/** A column of either side: `left.price`. */
export type PairPath<Left, Right> = `left.${keyof Left & string}` | `right.${keyof Right & string}`;

/** Rows of columns of either side, by the names that they have in the row. */
export type SelectedRow<Left, Right, Kind extends StreamJoinKind, Paths extends Readonly<Record<string, PairPath<Left, Right>>>> = {
  readonly [Name in keyof Paths]: Paths[Name] extends `left.${infer Column}`
    ? Left[Column & keyof Left] | (Kind extends "right" | "full" ? null : never)
    : Paths[Name] extends `right.${infer Column}`
      ? Right[Column & keyof Right] | (Kind extends "left" | "full" ? null : never)
      : never;
};

/** What a join gives as rows of some columns. */
export interface SelectedRows<Row> {
  /** As `take` of the join: in its order, and the same rows however often. They may be views of bytes (`RowView`). */
  take(): Iterable<Row>;
}

/** A join of two streams, kept in the checkpoint (Spark: StreamingSymmetricHashJoinExec; semantics J1–J9). */
export interface StreamJoin<Left, Right, Kind extends StreamJoinKind = StreamJoinKind> {
  /** Whether a row of this event time (µs) is late for the join; counted. A null time is not. Asked only of a side that has an event time. */
  isLate(time: number | null): boolean;
  /** `meets`: false where a condition on this side alone fails: it meets nothing, and of an outer side it comes out at once, unkept (semantics J7). */
  addLeft(key: readonly unknown[], row: Left, meets?: boolean): void;
  addRight(key: readonly unknown[], row: Right, meets?: boolean): void;
  /** Where the side is `packed`: takes up the lanes of a batch, of which rows are then added. */
  leftFrom(lanes: LanesOf<Left>): JoinOfLanes;
  rightFrom(lanes: LanesOf<Right>): JoinOfLanes;
  /** The pairs since the batch began, then what this batch's watermark gives up unmatched. Read after all rows of both sides; the same ones however often. */
  take(): Iterable<JoinedRow<Left, Right, Kind>>;
  /** Says once, before the first batch, that nothing is read of it but rows of these columns: of rows that are kept as bytes no objects are made then. */
  selecting<const Paths extends Readonly<Record<string, PairPath<Left, Right>>>>(paths: Paths): SelectedRows<SelectedRow<Left, Right, Kind, Paths>>;
}
