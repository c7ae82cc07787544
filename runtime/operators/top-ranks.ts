import type { Weight } from "../changelog/change.ts";
import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { plainRow } from "./row-view.ts";
import { rowOrder, type SortKey } from "./row-order.ts";
import type { RankedChange } from "./top.ts";

/** What the first rows of a key are, and how they differ from those of before. */
export interface TopRanksSpec<Row> {
  readonly count: number;
  readonly ties: boolean;
  readonly ranked: boolean;
  readonly columns: Readonly<Record<string, TypeDescriptor>>;
  readonly by: readonly SortKey<Row>[];
}

/** The places of rows that are in order (by the keys, and then by content): with ties equal ones share one, without each has its own. */
export class TopRanks<Row extends object> {
  readonly count: number;
  readonly ties: boolean;
  /** By the keys alone. */
  readonly compareBy: SortKey<Row>;
  /** The number by which rows are told apart first (`SortKey.numberOf`); NaN where there is none. */
  readonly numberOf: (row: Row) => number;
  /** By the keys and the content. */
  readonly compare: SortKey<Row>;
  readonly #isRanked: boolean;

  /** `exact`: what is to tell rows apart that are equal by content. */
  constructor({ count, ties, ranked, columns, by }: TopRanksSpec<Row>, ...exact: readonly SortKey<Row>[]) {
    this.count = count;
    this.ties = ties;
    this.#isRanked = ranked;
    const [only, ...others] = by;
    this.compareBy = only !== undefined && others.length === 0 ? only : rowOrder({}, ...by);
    this.numberOf = only?.numberOf ?? (() => NaN);
    const byContent = rowOrder(columns, ...by);
    this.compare = exact.length === 0 ? byContent : rowOrder<Row>({}, byContent, ...exact);
  }

  /** Gives or takes back all of these rows. */
  give(rows: readonly Row[], weight: Weight, into: RankedChange<Row>[]): void {
    let rank = 0;
    for (let at = 0; at < rows.length; at++) {
      rank = this.#rankAt(rows, at, rank);
      into.push({ row: plainRow(rows[at]!), rank, weight });
    }
  }

  /** What makes the rows of now of those of before: what is taken back, then what is given. */
  changes(before: readonly Row[], now: readonly Row[], into: RankedChange<Row>[]): void {
    if (before.length === 0) this.give(now, 1, into);
    else {
      this.#missing(before, now, -1, into);
      this.#missing(now, before, 1, into);
    }
  }

  /** Gives or takes back those of `rows` that are not among `others`. Both ascend by row and, among equal rows, by rank. */
  #missing(rows: readonly Row[], others: readonly Row[], weight: Weight, into: RankedChange<Row>[]): void {
    let rank = 0;
    let otherRank = 1;
    let other = 0;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      rank = this.#rankAt(rows, at, rank);
      let order = 1;
      while (other < others.length) {
        const there = others[other]!;
        order = there === row ? 0 : this.compare(there, row);
        if (order === 0 && this.#isRanked) order = otherRank - rank;
        if (order >= 0) break;
        other++;
        if (other < others.length) otherRank = this.#rankAt(others, other, otherRank);
      }
      if (order === 0 && other < others.length) {
        other++;
        if (other < others.length) otherRank = this.#rankAt(others, other, otherRank);
      } else {
        into.push({ row: plainRow(row), rank, weight });
      }
    }
  }

  /** The place of a row; `before`: that of the row before it. */
  #rankAt(rows: readonly Row[], at: number, before: number): number {
    return this.ties && at > 0 && this.compareBy(rows[at - 1]!, rows[at]!) === 0 ? before : at + 1;
  }
}
