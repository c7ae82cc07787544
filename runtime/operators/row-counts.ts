/** What an operator did since this was last taken, in rows (semantics 1.11). */
export interface TakenCounts {
  /** Entries of the state that rows reached or made. */
  readonly updated: number;
  /** Entries of the state that were given back. */
  readonly removed: number;
  /** Rows that the watermark had passed. */
  readonly late: number;
  /** Rows that have lost some of their windows only. */
  readonly partlyLate: number;
}

/** The counts of an operator, which its loops count up in place until they are taken. */
export class RowCounts {
  updated = 0;
  removed = 0;
  late = 0;
  partlyLate = 0;

  /** Gives the counts; they begin anew. */
  take(): TakenCounts {
    const { updated, removed, late, partlyLate } = this;
    this.clear();
    return { updated, removed, late, partlyLate };
  }

  clear(): void {
    this.updated = 0;
    this.removed = 0;
    this.late = 0;
    this.partlyLate = 0;
  }
}
