import { twoEventTimes } from "../../diagnostics/catalogue/streaming.ts";
import { liveTimes, timesOf } from "../../ir/logical/event-times.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { Aggregate, Dedup, Top, UserState } from "../../ir/logical/plan.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** A step that discards rows by event time goes by one (Spark eW2, semantics 0.10); other event times pass it as plain columns. */
export function checkOneEventTime({ plan, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if ((node.kind !== "Aggregate" && node.kind !== "Dedup" && node.kind !== "Top" && node.kind !== "UserState") || node.origin === undefined || properties.of(node).lateBy === undefined) continue;
    const columns = goneBy(node);
    if (columns.length < 2) continue;
    const step = node.kind === "UserState" ? "state" : node.kind.toLowerCase();
    const isKey = node.kind !== "UserState" && timesOf(node).length > 0;
    const help = node.kind === "UserState" ? "`drop` all but one of them before" : isKey ? "keep one of them among the keys" : "`drop` all but one of them before, or make one a key";
    job.report(twoEventTimes({ step, columns: columns.map((name) => `\`${name}\``).join(" and ") }).at(node.origin).helped(help));
  }
}

function goneBy(node: Aggregate | Dedup | Top | UserState): readonly string[] {
  const used = node.kind === "UserState" ? liveTimes(node.input) : timesOf(node);
  const times = used.length > 0 || node.kind !== "Dedup" ? used : liveTimes(node.input);
  return times.map(({ column }) => node.input.output.find(({ id }) => id === column)?.name ?? "");
}
