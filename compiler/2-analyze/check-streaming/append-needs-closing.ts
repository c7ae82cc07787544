import { appendNeverCloses } from "../../diagnostics/catalogue/streaming.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { Aggregate } from "../../ir/logical/plan.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** In append a group comes out when it is closed, and only a time among its keys closes it: event time under a watermark, or the clock (Spark eM2). */
export function checkAggregateCloses({ plan, mode, properties, job }: CheckedQuery): void {
  if (mode !== "append") return;
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Aggregate" || node.perBatch || !node.streaming || node.origin === undefined) continue;
    const { emit, state } = properties.of(node);
    if (emit !== "onClose" || state?.keys === "byWatermark" || state?.keys === "byTimeout") continue;
    const { reason, help } = whyOpen(node);
    job.report(appendNeverCloses({ reason }).at(node.origin).helped(help));
  }
}

/** Why no group is ever finished, and the one edit that lets groups be. */
function whyOpen(node: Aggregate): { readonly reason: string; readonly help: string } {
  const watermark = nodesOf(node.input).find((below) => below.kind === "Watermark");
  const modes = "write `mode complete` or `mode update`, or";
  if (node.groups.length === 0) return { reason: "its one group takes in every row there will ever be", help: `${modes} group by a window over the event time` };
  if (watermark === undefined) return { reason: "without a watermark no group is ever finished", help: `${modes} define a \`watermark\` and group by a window over its column` };
  const time = node.groups.map((item) => (item.kind === "window" ? item.window.time : undefined)).find((expr) => expr?.kind === "ColumnRef");
  const { columnName } = watermark.spec;
  if (time?.kind === "ColumnRef") {
    const bounds = nodesOf(node.input).flatMap((below) => (below.kind === "Aggregate" ? below.groups : [])).flatMap((key) => (key.kind === "window" ? [key.window.startId, key.window.endId] : []));
    if (bounds.includes(time.id)) return { reason: `\`${time.name}\` alone is no event time, only the whole window is`, help: `write \`window\` in place of \`${time.name}\`` };
    if (time.name === columnName) return { reason: `the \`${columnName}\` of its window is not the one that has the watermark`, help: "define the `watermark` behind the step that makes the column" };
  }
  return { reason: `no key of it is \`${columnName}\` or a window over it`, help: `${modes} group by a window over the event time` };
}
