import { topNeverCloses } from "../../diagnostics/catalogue/streaming.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { Top } from "../../ir/logical/plan.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** In append a row of a `top` comes out when no other one can overtake it: when an event time among the keys of `per` is closed. */
export function checkTops({ plan, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Top" || !node.streaming || node.origin === undefined) continue;
    const { emit, closesBy } = properties.of(node);
    if (emit !== "onClose" || closesBy !== undefined) continue;
    const { reason, help } = whyOpen(node);
    job.report(topNeverCloses({ reason }).at(node.origin).helped(help));
  }
}

/** Why no row is ever among the first for good, and the one edit that lets rows be. */
function whyOpen({ input, spec }: Top): { readonly reason: string; readonly help: string } {
  const modes = "write `mode update` or `mode complete`, or";
  const watermark = nodesOf(input).find((below) => below.kind === "Watermark");
  if (watermark === undefined) return { reason: "without a watermark there is no last row", help: `${modes} define a \`watermark\` and take the first rows of each window` };
  const time = input.eventTimes.some(({ role }) => role !== "raw") ? "window" : "tumbling(…)";
  const reason = spec.per.length === 0 ? "a row may be overtaken as long as others come" : `no key of \`per\` is \`${watermark.spec.columnName}\` or a window over it`;
  return { reason, help: time === "window" ? `${modes} add \`window\` to \`per\`` : `${modes} add \`tumbling(${watermark.spec.columnName}, 1 hour)\` to \`per\`` };
}
