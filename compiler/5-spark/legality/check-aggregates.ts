import { sparkChainedSteps, sparkDistinctAggregate } from "../../diagnostics/catalogue/spark-legality.ts";
import { findAggregateForm } from "../expressions/aggregates/registry.ts";
import { streamingNodes, type CheckedQuery } from "./checked-query.ts";

/** Aggregates of a stream know no `distinct` on Spark (its checker refuses them in every mode). */
export function checkDistinct({ nodes, query: { mode }, tell, at }: CheckedQuery): void {
  for (const node of nodes) {
    if (node.kind !== "Aggregate") continue;
    for (const { call } of node.aggregates) {
      if (!call.distinct || findAggregateForm(call.name)?.ignoresDuplicates === true) continue;
      const twice = mode === "append" ? "group by the argument too, and aggregate the groups in a second `aggregate`" : "take `mode append`, group by the argument too, and aggregate the groups in a second `aggregate`";
      tell(sparkDistinctAggregate({ name: call.name }).at(call.origin ?? at(node)).helped(call.name === "count" ? `write \`approx_count_distinct(…)\`, or ${twice}` : twice));
    }
  }
}

/** Outside append groups change, and Spark lets nothing that keeps state stand above them: it would count a group at each of its changes. */
export function checkChained({ nodes, query: { mode }, tell, at }: CheckedQuery): void {
  if (mode === "append") return;
  for (const node of nodes) {
    if (node.kind !== "Aggregate" && node.kind !== "Dedup") continue;
    const below = streamingNodes(node.input).some((other) => other.kind === "Aggregate" && !other.perBatch);
    if (below) tell(sparkChainedSteps({ step: node.kind === "Dedup" ? "dedup" : "aggregate", mode }).at(at(node)).helped("write `mode append`, with windows over the event time below and above, or write the groups into files that a second job reads"));
  }
}
