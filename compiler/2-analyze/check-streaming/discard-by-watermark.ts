import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/** A step that closes groups by the watermark or the clock is legal and not executed by this version; complete mode discards nothing. */
export function checkDiscards({ plan, mode, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    const { closesBy, state } = properties.of(node);
    if ((closesBy === undefined && state?.keys !== "byTimeout") || node.origin === undefined) continue;
    job.report(notInThisVersion({ what: `an aggregate that ${closesBy === undefined ? "the clock" : "the watermark"} closes (${mode} mode)` }).at(node.origin).helped("write `mode complete`"));
  }
}
