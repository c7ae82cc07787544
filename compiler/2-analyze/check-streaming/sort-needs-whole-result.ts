import { sortOfStream } from "../../diagnostics/catalogue/streaming.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** An order needs the whole result at hand: complete mode above an aggregate, or tables (Spark eO1, semantics L4). */
export function checkSorts({ plan, mode, properties, job }: CheckedQuery): void {
  // Complete without a result in state is refused as a whole.
  if (mode === "complete" && !properties.of(plan).wholeResultInState) return;
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Sort" || !node.streaming || node.origin === undefined) continue;
    const { emit, wholeResultInState } = properties.of(node);
    if (emit === "snapshot" && wholeResultInState) continue;
    const where = mode === "complete" ? "rows of a stream before they are aggregated" : `a result that is sent in ${mode} mode`;
    job.report(sortOfStream({ where }).at(node.origin).helped(mode === "complete" ? "move `order by` behind the `aggregate`" : "write `mode complete` with an `aggregate`, or leave `order by` out"));
  }
}
