import { applyOverChanges } from "../../diagnostics/catalogue/streaming.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** A function over the rows of a batch is called once for each: nobody could say later which of its rows stood for one that is taken back. */
export function checkApplied({ plan, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Apply" || !node.streaming || node.origin === undefined || properties.of(node.input).changelogMode === "append") continue;
    job.report(applyOverChanges({ step: `${node.how} ${node.fn.name}` }).at(node.origin).helped("call it before the rows change, or write `mode complete`, which gives it the whole result with every batch"));
  }
}
