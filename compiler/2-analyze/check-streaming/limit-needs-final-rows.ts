import { limitInUpdate } from "../../diagnostics/catalogue/streaming.ts";
import { exprText } from "../../ir/expr/print.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { Limit } from "../../ir/logical/plan.ts";
import { deriveStreaming } from "../../ir/logical/streaming-properties.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { modeWords } from "./sink-takes-mode.ts";

/**
 * Over rows that change, and so in update, a limit would have to take rows back (Spark eL1, semantics L2). Over a snapshot it is that of each batch (L3), over
 * rows that stay one count over all batches (L1).
 */
export function checkLimits(query: CheckedQuery): void {
  const { plan, mode, properties, job } = query;
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Limit" || !node.streaming || node.origin === undefined) continue;
    if (mode !== "update" && properties.of(node.input).changelogMode === "append") continue;
    if (mode !== "update") {
      job.report(limitInUpdate({ where: "above rows that change" }).at(node.origin).helped("leave `limit` out, or take the first rows with `top`"));
    } else if (properties.of(node.input).changelogMode === "append") {
      job.report(limitInUpdate({ where: "in update mode" }).at(node.origin).labelled("these rows stay: append mode counts them over all batches").helped("write `mode append`, or leave `limit` out"));
    } else {
      job.report(limitInUpdate({ where: "in update mode" }).at(node.origin).helped(inUpdate(node, query)));
    }
  }
}

/** The first rows of what changes: of a whole result each time, or by an order, which takes back what was overtaken. */
function inUpdate({ input, count }: Limit, { plan, sink }: CheckedQuery): string {
  const isHeld = deriveStreaming(plan, "complete").of(input).wholeResultInState;
  const complete = `write ${modeWords(sink, "complete") ?? "`mode complete`"}${isHeld ? "" : " above an `aggregate` or a `top`"}`;
  const first = `\`top ${exprText(count)} by …\``;
  if (input.kind !== "Top" || input.spec.per.length > 0) return `${complete}, or take the first rows with ${first}`;
  const isLess = count.kind === "Literal" && Number(count.value) < input.spec.count;
  return `${isLess ? `write ${first} in place of both` : "leave `limit` out: `top` gives no more rows"}, or ${complete}`;
}
