import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";
import { refusalOfJoin } from "./join-rows-are-given-up.ts";

/** A join of two streams sends each row once. In update mode, or into a complete result, it would take rows back, which this version does not execute (Spark eJ1). */
export function checkJoinsSendOnce(query: CheckedQuery): void {
  const { plan, mode, properties, job } = query;
  if (mode === "append" || (mode === "complete" && !properties.of(plan).wholeResultInState)) return;
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Join" || node.origin === undefined || properties.of(node).joins === undefined || refusalOfJoin(node, query) !== undefined) continue;
    job.report(notInThisVersion({ what: `a join of two streams in ${mode} mode` }).at(node.origin).helped("write `mode append`"));
  }
}
