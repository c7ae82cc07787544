import type { Change } from "./change.ts";

/** The changes of an operator's result, batch by batch. Each is read after all rows of the batch have reached the operator. */
export interface ChangingRows<Item = Change<unknown>> {
  /** The changes of the batch, for another operator: the same ones however often they are read. Nothing while a result is shown again after a restart. */
  changes(): Iterable<Item>;
  /** The changes of the batch, for an output: the whole result while it is shown again after a restart. */
  shown(): Iterable<Item>;
}
