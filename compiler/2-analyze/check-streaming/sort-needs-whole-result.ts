import { sortOfStream } from "../../diagnostics/catalogue/streaming.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import { deriveStreaming } from "../../ir/logical/streaming-properties.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { modeWords } from "./sink-takes-mode.ts";

/** An order needs the whole result at hand: complete mode above an aggregate, or tables (Spark eO1, semantics L4). */
export function checkSorts({ plan, mode, properties, sink, job }: CheckedQuery): void {
  // Complete without a result in state is refused as a whole.
  if (mode === "complete" && !properties.of(plan).wholeResultInState) return;
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Sort" || !node.streaming || node.origin === undefined) continue;
    const { emit, wholeResultInState } = properties.of(node);
    if (emit === "snapshot" && wholeResultInState) continue;
    const where = mode === "complete" ? "rows of a stream before they are aggregated" : `a result that is sent in ${mode} mode`;
    const inComplete = deriveStreaming(plan, "complete").of(node);
    const isHeld = inComplete.emit === "snapshot" && inComplete.wholeResultInState;
    const placed = sortOfStream({ where }).at(node.origin);
    const help = mode === "complete" ? "move `order by` behind the `aggregate` or the `top`" : `write ${modeWords(sink, "complete") ?? "`mode complete`"}${isHeld ? "" : " above an `aggregate` or a `top`"}, or leave \`order by\` out`;
    job.report((isHeld && mode === "update" ? placed.labelled("its rows change one by one, and have no places") : placed).helped(help));
  }
}
