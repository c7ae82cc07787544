import { sparkTwoEventTimes } from "../../diagnostics/catalogue/spark-legality.ts";
import type { EventTime } from "../../ir/logical/column.ts";
import { eventTimeOf } from "../../ir/logical/event-time-of.ts";
import type { Aggregate, LogicalPlan } from "../../ir/logical/plan.ts";
import { isStreamJoin, type CheckedQuery } from "./checked-query.ts";

/** A step of Spark that keeps state is given one event-time column at most, whether it goes by it or not; an aggregate's are its keys. */
export function checkEventTimes(checked: CheckedQuery): void {
  const { nodes, query, tell, at } = checked;
  for (const node of nodes) {
    if (node.kind === "Dedup") tellTimes("dedup", node, timesOf(node.input), checked, "`drop` all but one of them before");
    else if (node.kind === "Aggregate" && query.mode !== "complete") {
      const keys = keysUnderTime(node);
      if (keys > 1) tell(sparkTwoEventTimes({ step: "aggregate", columns: "" }).at(at(node)).helped("keep one of them among the keys, and take the others with `min(…)`"));
    } else if (isStreamJoin(node)) {
      for (const side of [node.left, node.right]) tellTimes("join", node, timesOf(side), checked, "`drop` all but one of them before the join, or carry their values on in a column that is computed: `… + 0 seconds`");
    }
  }
}

function tellTimes(step: string, node: LogicalPlan, columns: readonly string[], { tell, at }: CheckedQuery, help: string): void {
  if (columns.length > 1) tell(sparkTwoEventTimes({ step, columns: columns.map((name) => `\`${name}\``).join(" and ") }).at(at(node)).helped(help));
}

/** The columns under a watermark by name; the bounds of windows are one. */
function timesOf({ eventTimes, output }: LogicalPlan): readonly string[] {
  const nameOf = ({ column }: EventTime): string => output.find(({ id }) => id === column)?.name ?? "";
  const whole = eventTimes.filter(({ role }) => role === "raw" || role === "window").map(nameOf);
  const ends = eventTimes.filter(({ role }) => role === "window end").map(nameOf);
  const starts = eventTimes.filter(({ role }) => role === "window start").map(nameOf);
  return [...new Set([...whole, ...(ends.length >= starts.length ? ends : starts)])];
}

function keysUnderTime({ groups, input }: Aggregate): number {
  const roles = groups.flatMap((item) => eventTimeOf(item.kind === "window" ? item.window.time : item.key.expr, input.eventTimes)?.role ?? []);
  const bounds = roles.filter((role) => role === "window start" || role === "window end").length;
  return roles.length - bounds + Math.min(bounds, 1);
}
