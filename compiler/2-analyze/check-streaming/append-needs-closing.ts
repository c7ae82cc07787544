import { appendNeverCloses } from "../../diagnostics/catalogue/streaming.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/** In append a group comes out when it is closed, and only a time among its keys closes it: event time under a watermark, or the clock (Spark eM2). */
export function checkAggregateCloses({ plan, mode, properties, job }: CheckedQuery): void {
  if (mode !== "append") return;
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Aggregate" || !node.streaming || node.origin === undefined) continue;
    const { emit, state } = properties.of(node);
    if (emit !== "onClose" || state?.keys === "byWatermark" || state?.keys === "byTimeout") continue;
    const watermark = nodesOf(node.input).find((below) => below.kind === "Watermark");
    const reason =
      node.groups.length === 0
        ? "its one group takes in every row there will ever be"
        : watermark === undefined
          ? "without a watermark no group is ever finished"
          : `no key of it is \`${watermark.kind === "Watermark" ? watermark.spec.columnName : ""}\` or a window over it`;
    const help =
      watermark === undefined && node.groups.length > 0
        ? "write `mode complete` or `mode update`, or define a `watermark` and group by a window over its column"
        : "write `mode complete` or `mode update`, or group by a window over the event time";
    job.report(appendNeverCloses({ reason }).at(node.origin).helped(help));
  }
}
