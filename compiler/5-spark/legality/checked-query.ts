import type { PlacedDiagnostic } from "../../diagnostics/diagnostic.ts";
import type { LogicalQuery } from "../../ir/logical/job.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { Join, LogicalPlan } from "../../ir/logical/plan.ts";
import type { StreamingProperties } from "../../ir/logical/streaming-properties.ts";
import type { JobOptions } from "../../ir/logical/job.ts";
import type { Span } from "../../source/span.ts";

/** A streaming query that Sluice takes, to be held against what Spark takes. */
export interface CheckedQuery {
  readonly query: LogicalQuery;
  readonly options: JobOptions;
  readonly properties: StreamingProperties;
  /** Every node over a stream, parents first; what stands over tables alone is a batch query, of which Spark takes all. */
  readonly nodes: readonly LogicalPlan[];
  tell(diagnostic: PlacedDiagnostic): void;
  /** Where a node stands in the job. */
  at(node: LogicalPlan): Span;
}

/** The nodes of a plan over streams, parents first, itself among them. */
export function streamingNodes(plan: LogicalPlan): readonly LogicalPlan[] {
  return nodesOf(plan).filter(({ streaming }) => streaming);
}

/** A join whose sides are both streams, and that keeps both: `join latest` is told elsewhere. */
export function isStreamJoin(node: LogicalPlan): node is Join {
  return node.kind === "Join" && node.left.streaming && node.right.streaming && node.sides.latest !== true;
}
