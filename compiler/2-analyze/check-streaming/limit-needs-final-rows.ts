import { limitInUpdate } from "../../diagnostics/catalogue/streaming.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { CheckedQuery } from "./checked-query.ts";

/**
 * Over rows that change, and so in update, a limit would have to take rows back (Spark eL1, semantics L2). Over a snapshot it is that of each batch (L3), over
 * rows that stay one count over all batches (L1).
 */
export function checkLimits({ plan, mode, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Limit" || !node.streaming || node.origin === undefined) continue;
    if (mode !== "update" && properties.of(node.input).changelogMode === "append") continue;
    const where = mode === "update" ? "in update mode" : "above rows that change";
    job.report(limitInUpdate({ where }).at(node.origin).helped(mode === "update" ? "write `mode complete` above an `aggregate`, or leave `limit` out" : "leave `limit` out, or take the first rows with `top`"));
  }
}
