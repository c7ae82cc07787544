import { limitInUpdate } from "../../diagnostics/catalogue/streaming.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/**
 * In update a limit would have to take rows back (Spark eL1, semantics L2). Over a snapshot it is that of each batch (L3), over
 * rows that stay one count over all batches (L1).
 */
export function checkLimits({ plan, mode, job }: CheckedQuery): void {
  if (mode !== "update") return;
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Limit" || !node.streaming || node.origin === undefined) continue;
    job.report(limitInUpdate({}).at(node.origin).helped("write `mode complete` above an `aggregate`, or leave `limit` out"));
  }
}
