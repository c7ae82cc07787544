import type { LogicalQuery } from "../../ir/logical/job.ts";
import { deriveStreaming } from "../../ir/logical/streaming-properties.ts";
import type { SparkContext } from "../spark-context.ts";
import { checkChained, checkDistinct } from "./check-aggregates.ts";
import { checkChanges } from "./check-changes.ts";
import { checkContinuous } from "./check-continuous.ts";
import { checkEventTimes } from "./check-event-times.ts";
import { checkJoins } from "./check-joins.ts";
import { checkRecovery } from "./check-recovery.ts";
import { streamingNodes, type CheckedQuery } from "./checked-query.ts";

const laws: readonly ((checked: CheckedQuery) => void)[] = [checkJoins, checkDistinct, checkChained, checkChanges, checkEventTimes, checkContinuous, checkRecovery];

/** Tells what Spark refuses of a streaming query that Sluice takes, and what it does otherwise when it starts again after a crash. Over tables alone it takes all. */
export function checkQuery(query: LogicalQuery, context: SparkContext): void {
  if (!query.plan.streaming) return;
  const checked: CheckedQuery = {
    query,
    options: context.job.options,
    properties: deriveStreaming(query.plan, query.mode),
    nodes: streamingNodes(query.plan),
    tell: (diagnostic) => context.tell(diagnostic),
    at: (node) => node.origin ?? context.at,
  };
  for (const law of laws) law(checked);
}
