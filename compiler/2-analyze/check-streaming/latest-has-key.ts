import { latestOfChanges } from "../../diagnostics/catalogue/streaming.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** `join latest` sends each row of its left side once, so these must stay: over a snapshot, which begins anew with every batch, it is the join of what is there. */
export function checkLatest({ plan, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Join" || node.sides.latest !== true || !node.streaming || node.origin === undefined) continue;
    if (properties.of(node).wholeResultInState || properties.of(node.left).changelogMode === "append") continue;
    job.report(latestOfChanges({ reason: "these rows are taken back again" }).at(node.origin).helped("leave `latest` out: the result is then kept up to date with both sides"));
  }
}
