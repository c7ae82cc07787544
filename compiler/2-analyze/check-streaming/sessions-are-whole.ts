import { sessionInUpdate, sessionWithoutKey } from "../../diagnostics/catalogue/streaming.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** Sessions of a stream: not in update, where two that became one would have to be taken back (Spark eM3), nor over rows that are taken back; and only with a key beside the window (eT2; semantics S4). */
export function checkSessions({ plan, mode, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Aggregate" || node.window?.kind !== "session" || node.origin === undefined || properties.of(node).state === undefined) continue;
    const at = node.window.origin ?? node.origin;
    const { emit } = properties.of(node);
    if (mode === "update") job.report(sessionInUpdate({ what: "sent in update mode", reason: "when a row joins two of them, both would have to be taken back" }).at(at).helped("write `mode append`, or `mode complete`"));
    else if (emit === "onChange") job.report(sessionInUpdate({ what: "read while they change", reason: "when a row joins two of them, both would have to be taken back" }).at(at).helped("group by a `tumbling` window instead"));
    else if (properties.of(node.input).changelogMode !== "append") job.report(sessionInUpdate({ what: "made of rows that are taken back", reason: "a session would have to come apart again" }).at(at).helped("group by a `tumbling` window instead"));
    else if (node.keys.length === 0) job.report(sessionWithoutKey({}).at(at).helped("add the column whose sessions these are: `group by user, session(…)`"));
  }
}
