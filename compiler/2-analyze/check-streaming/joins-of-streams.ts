import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";
import { refusalOfJoin } from "./join-rows-are-given-up.ts";

/** A join of two streams that the laws permit, which this version does not execute. */
export function checkJoinsOfStreams(query: CheckedQuery): void {
  const { plan, mode, properties, job } = query;
  // In the other modes another law holds it back.
  if (mode !== "append") return;
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Join" || node.origin === undefined || properties.of(node).joins === undefined || refusalOfJoin(node, query) !== undefined) continue;
    job.report(notInThisVersion({ what: "a join of two streams" }).at(node.origin));
  }
}
