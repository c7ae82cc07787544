import { withinOverChanges } from "../../diagnostics/catalogue/streaming.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** `dedup … within` forgets a key some time after its first row, so that row must stay: of rows that may be taken back another one would become the first. */
export function checkDedupWithin({ plan, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Dedup" || node.within === undefined || !node.streaming || node.origin === undefined) continue;
    const input = properties.of(node.input);
    if (input.changelogMode === "append" || input.wholeResultInState) continue;
    job.report(withinOverChanges({}).at(node.origin).helped("write `dedup` without `within`, or dedup before the rows change"));
  }
}
