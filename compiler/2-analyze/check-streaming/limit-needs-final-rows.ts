import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { limitInUpdate } from "../../diagnostics/catalogue/streaming.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/**
 * In update a limit would have to take rows back (Spark eL1, semantics L2). Over a snapshot it is that of each batch (L3). Over
 * rows that stay, one counter across batches (L1), which this version does not keep.
 */
export function checkLimits({ plan, mode, properties, job }: CheckedQuery): void {
  // Complete without a result in state is refused as a whole.
  if (mode === "complete" && !properties.of(plan).wholeResultInState) return;
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Limit" || !node.streaming || node.origin === undefined) continue;
    if (mode === "update") job.report(limitInUpdate({}).at(node.origin).helped("write `mode complete` above an `aggregate`, or leave `limit` out"));
    else if (properties.of(node).state !== undefined) job.report(notInThisVersion({ what: "`limit` over rows that keep coming" }).at(node.origin).helped("use `limit` above an `aggregate` in complete mode"));
  }
}
