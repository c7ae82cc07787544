import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { holdsAggregate } from "../../ir/logical/streaming-properties.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/**
 * An aggregate of aggregates: in complete an ordinary batch plan over the snapshot; elsewhere it takes back what it counted,
 * which this version does not execute.
 */
export function checkChainedAggregates({ plan, mode, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Aggregate" || !node.streaming || node.origin === undefined || properties.of(node).emit === "snapshot" || !holdsAggregate(node, false)) continue;
    job.report(notInThisVersion({ what: `an aggregate of an aggregate in ${mode} mode` }).at(node.origin).helped("write `mode complete`"));
  }
}
