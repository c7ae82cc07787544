import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { holdsAggregate } from "../../ir/logical/streaming-properties.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/**
 * An aggregate of aggregates: in append over groups that are closed and never change, in complete an ordinary batch plan over the
 * snapshot; in update it takes back what it counted, which this version does not execute (Spark eG1).
 */
export function checkChainedAggregates({ plan, mode, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Aggregate" || !node.streaming || node.origin === undefined || properties.of(node).emit !== "onChange" || !holdsAggregate(node, false)) continue;
    const help = node.window === undefined ? "write `mode complete`" : "write `mode append`, or `mode complete`";
    job.report(notInThisVersion({ what: `an aggregate of an aggregate in ${mode} mode` }).at(node.origin).helped(help));
  }
}
