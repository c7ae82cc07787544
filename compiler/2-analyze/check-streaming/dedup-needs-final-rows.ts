import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/**
 * A `dedup` passes the first row of a key for good, so its rows must be final: those of a stream, of groups that are closed, or of a
 * snapshot. Over groups that change it would take rows back, which this version does not execute.
 */
export function checkDedups({ plan, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Dedup" || !node.streaming || node.origin === undefined || properties.of(node.input).changelogMode === "append") continue;
    job.report(notInThisVersion({ what: "`dedup` above an aggregate in update mode" }).at(node.origin).helped("dedup before the `aggregate`, or write `mode complete`"));
  }
}
