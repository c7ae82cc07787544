import { lateNotSaid } from "../../diagnostics/catalogue/streaming.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/** Where a step discards rows by a watermark, the watermark says where they go (language, principle 5). */
export function checkLateIsSaid({ plan, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (properties.of(node).lateBy === undefined || node.origin === undefined) continue;
    for (const below of nodesOf(node)) {
      if (below.kind !== "Watermark" || below.spec.late !== undefined || below.origin === undefined) continue;
      job.report(lateNotSaid({ column: below.spec.columnName }).at(below.origin).also(node.origin, "discards rows that are late").helped("add `late drop`"));
    }
  }
}
