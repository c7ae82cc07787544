import { lateNotSaid } from "../../diagnostics/catalogue/streaming.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { StreamingProperties } from "../../ir/logical/streaming-properties.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** Where a step discards rows by a watermark, the watermark says where they go (language, principle 5). */
export function checkLateIsSaid({ plan, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.origin === undefined) continue;
    for (const below of lateInputs(node, properties).flatMap(nodesOf)) {
      if (below.kind !== "Watermark" || below.spec.late !== undefined || below.origin === undefined) continue;
      job.report(lateNotSaid({ column: below.spec.columnName }).at(below.origin).also(node.origin, "discards rows that are late").helped("add `late drop`"));
    }
  }
}

/** The inputs of a step whose rows can be late for it: of a join of two streams each side by itself. */
function lateInputs(node: LogicalPlan, properties: StreamingProperties): readonly LogicalPlan[] {
  const { lateBy, joins } = properties.of(node);
  if (joins === undefined) return lateBy === undefined ? [] : node.children;
  return node.children.filter((_, at) => (at === 0 ? joins.lateLeft : joins.lateRight) !== undefined);
}
