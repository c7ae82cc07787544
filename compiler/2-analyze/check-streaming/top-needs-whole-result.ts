import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/** `top` and `dedup` over a snapshot are those of each batch; over rows that keep coming they would keep state, which this version does not. */
export function checkTops({ plan, mode, properties, job }: CheckedQuery): void {
  // Complete without a result in state is refused as a whole.
  if (mode === "complete" && !properties.of(plan).wholeResultInState) return;
  for (const node of nodesOf(plan)) {
    if ((node.kind !== "Top" && node.kind !== "Dedup") || !node.streaming || node.origin === undefined) continue;
    const { emit, state } = properties.of(node);
    if (emit === "snapshot" && state === undefined) continue;
    const word = node.kind === "Top" ? "top" : "dedup";
    job.report(notInThisVersion({ what: `\`${word}\` over rows that keep coming` }).at(node.origin).helped(`use \`${word}\` above an \`aggregate\` in complete mode`));
  }
}
