import type { Weight } from "../changelog/change.ts";
import type { OperatorPlace } from "./operator-place.ts";
import type { Columns } from "./top.ts";

/** The newest row of each key of a changing stream (`join latest`). */
export interface LatestRowsSpec<C extends Columns> extends OperatorPlace {
  readonly key: Columns;
  /** A row as it is kept. */
  readonly columns: C;
  /** A key that is an event time (µs): its row is given up when the watermark reaches it. */
  readonly closing?: { readonly key: string };
}

/** Rows by key, at most one each, kept in the checkpoint. Read as a `Lookup` is, so that a join reads both alike. */
export interface LatestRows<Row> {
  /** A row that enters replaces that of its key; one that leaves is forgotten, if it is still that of its key. A row with a null in its key is not kept: nothing would ever find it. */
  change(weight: Weight, key: readonly unknown[], row: Row): void;
  /** The row of a key, or none. */
  find(key: readonly unknown[]): readonly Row[];
  has(key: readonly unknown[]): boolean;
}
