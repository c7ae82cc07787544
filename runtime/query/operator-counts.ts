import type { TakenCounts } from "../operators/row-counts.ts";
import type { KeptOperator } from "../operators/stateful.ts";
import type { StateOperatorProgress } from "./progress.ts";

/** What an operator did in a batch. */
export interface OperatorCounts extends TakenCounts {
  readonly operator: KeptOperator;
}

/** Takes the counts of a batch; they begin anew. */
export function takeCounts(operator: KeptOperator): OperatorCounts {
  return { operator, ...operator.takeCounts() };
}

/** What the operators of a query took, and how long; in milliseconds. The rows of a batch pass all operators in the same loops, so the times are those of the query. */
export interface OperatorTimes {
  readonly rows: number;
  readonly removals: number;
  readonly state: number;
}

/** An operator's part in a progress, in Spark's words. */
export function operatorProgress({ operator, updated, removed, late, partlyLate }: OperatorCounts, times: OperatorTimes, partitions: number): StateOperatorProgress {
  return {
    operatorName: operator.descriptor.operatorId,
    numRowsTotal: operator.rows,
    numRowsUpdated: updated,
    allUpdatesTimeMs: times.rows,
    numRowsRemoved: removed,
    allRemovalsTimeMs: times.removals,
    commitTimeMs: times.state,
    memoryUsedBytes: operator.memoryBytes,
    numRowsDroppedByWatermark: late,
    numShufflePartitions: partitions,
    numStateStoreInstances: partitions,
    ...(partlyLate === 0 ? {} : { customMetrics: { partlyLateRows: partlyLate } }),
  };
}
