import type { Weight } from "../changelog/change.ts";
import type { ChangingRows } from "../changelog/changing-rows.ts";
import type { JoinColumns, JoinedRow, JoinSideRow, StreamJoinKind, TypedStreamJoinSpec } from "./stream-join.ts";

/** A pair (or a row without a partner) that enters or leaves the joined result. */
export type JoinedChange<Left, Right, Kind extends StreamJoinKind = StreamJoinKind> = JoinedRow<Left, Right, Kind> & { readonly weight: Weight };

/**
 * A join whose result changes: rows of a side may be taken back, and a row that shows for want of a match shows at once and is taken back by its first match
 * (of `semi`: shows with its first match and is taken back with its last). Without keys every row meets every other. The result is that of the batch join over what
 * both sides hold; what is given up by the watermark leaves silently, and its partners stay matched.
 */
export interface ChangingJoin<Left, Right, Kind extends StreamJoinKind = StreamJoinKind> extends ChangingRows<JoinedChange<Left, Right, Kind>> {
  /** As in `StreamJoin`. */
  isLate(time: number | null): boolean;
  /** Adds a row or takes one back. `meets`: false where a condition on this side alone fails: it meets nothing, and shows alone where its side may. */
  changeLeft(weight: Weight, key: readonly unknown[], row: Left, meets?: boolean): void;
  changeRight(weight: Weight, key: readonly unknown[], row: Right, meets?: boolean): void;
  /** The rows of a bounded side are given anew from here on, each by a change of weight 1 … */
  beginLeft(): void;
  beginRight(): void;
  /** … and those that were there and are not given again are taken back. While a result is shown again the new rows wait for the next batch. */
  endLeft(): void;
  endRight(): void;
}

/** A spec as emitted code writes it. */
export type TypedChangingJoinSpec<Kind extends StreamJoinKind, Left extends JoinColumns, Right extends JoinColumns> = TypedStreamJoinSpec<Kind, Left, Right>;
export type { JoinColumns, JoinSideRow };
