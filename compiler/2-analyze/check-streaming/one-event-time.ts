import { twoEventTimes } from "../../diagnostics/catalogue/streaming.ts";
import { liveTimes, timesOf } from "../../ir/logical/event-times.ts";
import type { EventTime } from "../../ir/logical/column.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { Aggregate, Dedup, Top, UserState } from "../../ir/logical/plan.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** A step that discards rows by event time goes by one (Spark eW2, semantics 0.10); other event times pass it as plain columns. */
export function checkOneEventTime({ plan, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if ((node.kind !== "Aggregate" && node.kind !== "Dedup" && node.kind !== "Top" && node.kind !== "UserState") || node.origin === undefined || properties.of(node).lateBy === undefined) continue;
    const times = goneBy(node);
    if (times.length < 2 || areOfOneWindow(times)) continue;
    const columns = times.map(({ column }) => node.input.output.find(({ id }) => id === column)?.name ?? "");
    const step = node.kind === "UserState" ? "state" : node.kind.toLowerCase();
    const isKey = node.kind !== "UserState" && timesOf(node).length > 0;
    const help = node.kind === "UserState" ? "`drop` all but one of them before" : isKey ? "keep one of them among the keys" : "`drop` all but one of them before, or make one a key";
    job.report(twoEventTimes({ step, columns: columns.map((name) => `\`${name}\``).join(" and ") }).at(node.origin).helped(help));
  }
}

function goneBy(node: Aggregate | Dedup | Top | UserState): readonly EventTime[] {
  const used = node.kind === "UserState" ? liveTimes(node.input) : timesOf(node);
  return used.length > 0 || node.kind !== "Dedup" ? used : liveTimes(node.input);
}

/** The end of a window and its last microsecond say the same of a row: whichever is gone by, it is late with the other. */
function areOfOneWindow([first, ...others]: readonly EventTime[]): boolean {
  return first?.window !== undefined && others.every(({ window }) => window === first.window);
}
