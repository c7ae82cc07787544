import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/** `top` over a snapshot is that of each batch; over rows that keep coming it would keep rows and take them back, which this version does not. */
export function checkTops({ plan, mode, properties, job }: CheckedQuery): void {
  // Complete without a result in state is refused as a whole.
  if (mode === "complete" && !properties.of(plan).wholeResultInState) return;
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Top" || !node.streaming || node.origin === undefined || properties.of(node).state === undefined) continue;
    job.report(notInThisVersion({ what: "`top` over rows that keep coming" }).at(node.origin).helped("use `top` above an `aggregate` in complete mode"));
  }
}
