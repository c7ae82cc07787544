import { perBatchOfChanges } from "../../diagnostics/catalogue/streaming.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** What a batch gives of its own rows stays, so none of them may be taken back later. */
export function checkPerBatch({ plan, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Aggregate" || !node.perBatch || !node.streaming || node.origin === undefined) continue;
    if (properties.of(node.input).changelogMode !== "append") job.report(perBatchOfChanges({}).at(node.origin).helped("write `mode append`, so that each row below comes once; or leave `per batch` out"));
  }
}
