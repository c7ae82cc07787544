/** Where an operator stands in its query's plan. */
export interface OperatorPlace {
  /** The next joins of two streams below it: it goes by their watermarks, the least of them (semantics P2). Absent: by the query's. */
  readonly above?: readonly string[];
}
