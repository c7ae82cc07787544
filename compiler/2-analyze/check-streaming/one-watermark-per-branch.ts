import { secondWatermark } from "../../diagnostics/catalogue/streaming.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** A watermark above a watermark would redefine it (Spark eW1, semantics P1). */
export function checkOneWatermark({ plan, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Watermark" || node.origin === undefined) continue;
    const first = nodesOf(node.input).find((below) => below.kind === "Watermark");
    if (first === undefined) continue;
    const diagnostic = secondWatermark({}).at(node.origin).helped("keep one of the two");
    job.report(first.origin === undefined ? diagnostic : diagnostic.also(first.origin, "the first one"));
  }
}
