/** Whether a row enters a changing result (1) or leaves it (−1). */
export type Weight = 1 | -1;

/** A row that enters or leaves a changing result. A row that leaves equals, column by column, one that entered before. */
export interface Change<Row> {
  readonly row: Row;
  readonly weight: Weight;
}
