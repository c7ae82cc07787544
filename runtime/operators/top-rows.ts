import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { rowOrder, type SortKey } from "./row-order.ts";

/** The first rows of each key: what a `top` step asks of a buffer. */
export interface TopOrder<Row> {
  readonly count: number;
  /** Whether all rows that equal the last one in `by` come too. */
  readonly ties: boolean;
  /** Rows equal in all of these compete with each other. */
  readonly per: readonly SortKey<Row>[];
  readonly by: readonly SortKey<Row>[];
  /** The columns, which order rows that are equal otherwise. */
  readonly content: Readonly<Record<string, TypeDescriptor>>;
}

/** A row with its place among those of its key, from 1 (Spark: `row_number`, with ties `rank`). */
export interface RankedRow<Row> {
  readonly row: Row;
  readonly rank: number;
}

/** The rows of a buffer that are among the first of their key, key by key and in order; the buffer is empty afterwards. */
export function takeTop<Row extends object>(buffer: Row[], { count, ties, per, by, content }: TopOrder<Row>): readonly RankedRow<Row>[] {
  const rows = buffer.splice(0).sort(rowOrder(content, ...per, ...by));
  const taken: RankedRow<Row>[] = [];
  let before: Row | undefined;
  let position = 0;
  let rank = 0;
  for (const row of rows) {
    const previous = before;
    before = row;
    if (previous === undefined || per.some((key) => key(previous, row) !== 0)) position = rank = 0;
    position++;
    if (!ties || rank === 0 || previous === undefined || by.some((key) => key(previous, row) !== 0)) rank = position;
    if (rank <= count) taken.push({ row, rank });
  }
  return taken;
}
