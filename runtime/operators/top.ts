import type { Weight } from "../changelog/change.ts";
import type { RowKind } from "../connectors/sink.ts";
import type { ChangingRows } from "../changelog/changing-rows.ts";
import type { TypeDescriptor, ValueOf } from "../formats/type-descriptor.ts";
import type { LanesOf } from "../state/lane-packer.ts";
import type { OperatorPlace } from "./operator-place.ts";
import type { SortKey } from "./row-order.ts";

/** Columns by name. */
export type Columns = Readonly<Record<string, TypeDescriptor>>;

/** A row by the descriptors of its columns. */
export type RowOf<C extends Columns> = { readonly [Name in keyof C]: ValueOf<C[Name]> };

/** The first rows of each key, kept from batch to batch (language: `top N [with ties] [as rank] by … per …`). */
export interface TopSpec<C extends Columns, By> extends OperatorPlace {
  readonly count: number;
  /** Whether all rows that equal the last one in `by` come too. */
  readonly ties: boolean;
  /** Whether the place is read: a row that moves is then taken back at its old place and given at its new one; else it is no change. */
  readonly ranked: boolean;
  /** Rows of one key compete with each other; without keys all do. Null is a key like any other, −0.0 is 0.0. */
  readonly per: Columns;
  /** A row as it is kept and given. */
  readonly columns: C;
  /** The order within a key; rows that are equal in it are ordered by their content (`columns`). What it reads, `By`, every row has. */
  readonly by: readonly SortKey<By>[];
  /** Rows may be taken back: all of them are kept, because the next one moves up. Else only those that are among the first. */
  readonly takesBack?: true;
  /** Rows come as they stand in a reader's lanes (`from`), and are kept as bytes. Only of one row a key, without ties. */
  readonly packed?: true;
  /** A key of `per` that is an event time (µs): its rows are given up when the watermark reaches it. */
  readonly closing?: { readonly key: string };
  /** Where nothing closes but a watermark moves below: as in `GroupSpec`. */
  readonly underWatermark?: true;
}

/** A row with its place among those of its key, from 1 (Spark: `row_number`, with ties `rank`). */
export interface RankedChange<Row> {
  readonly row: Row;
  readonly rank: number;
  readonly weight: Weight;
}

/** Takes rows as they stand in the lanes of one batch of a reader. */
export interface TopOfLanes {
  /** `add` of the batch's row. `first`: what it is ordered by first where that is a number (or null, or a long that is none), else anything. */
  add(row: number, first: unknown, ...key: readonly unknown[]): void;
  /** Keeps what was added, before the reader goes on: of the rows of one key only the first is packed. */
  end(): void;
}

/** What became of one place of a key: a row is there for the first time (`+I`), in place of another (`+U`), or no longer (`-D`: as it was). */
export interface RankedUpsert<Row> {
  readonly kind: RowKind;
  readonly row: Row;
  readonly rank: number;
}

/** A `top` over rows that keep coming. */
export interface Top<Row, By> extends ChangingRows<RankedChange<Row>> {
  /** Whether a row of this event time (µs) is late: its key is closed; counted. A null time is not. */
  isLate(time: number | null): boolean;
  /** Whether a row with these values of `by` may be among the first of its key now; else it need not be made. An `add` with the same key array does not look the key up again. Always true where rows may be taken back. */
  admits(key: readonly unknown[], by: By): boolean;
  add(key: readonly unknown[], row: Row): void;
  /** Where `packed`: takes up the lanes of a batch, of which rows are then added. */
  from(lanes: LanesOf<Row>): TopOfLanes;
  /** `add`, or takes a row back that was added. */
  change(weight: Weight, key: readonly unknown[], row: Row): void;
  /** `shown()` by place, where the places tell the rows of a key apart: without ties. For an output that has the key and, of more than one row, the place. Rows may be `PackedRow`s. */
  upserts(): Iterable<RankedUpsert<Row>>;
  /** The whole result, key by key in the order of `per`, each in its order. */
  snapshot(): Iterable<RankedChange<Row>>;
  /** In append: the rows of the keys that this batch's watermark closes, in that order. */
  closed(): Iterable<RankedChange<Row>>;
}
