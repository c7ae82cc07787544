import type { Expr } from "../expr/expr.ts";
import { columnsOf } from "../expr/walk.ts";
import { liveTimes } from "./event-times.ts";
import type { JoinBounds } from "./join-bounds.ts";
import { otherSide, sideName, timeText, type Side } from "./join-sides.ts";
import type { Join, LogicalPlan } from "./plan.ts";
import { timeInequalities } from "./time-inequality.ts";

/** What to write so that each side of a join of two streams gives its rows up: the watermarks and the inequalities that are missing. */
export function joinBoundHelp(node: Join, { left, right }: JoinBounds): string {
  const timeless = (["left", "right"] as const).filter((side) => node[side].eventTimes.length === 0 && !node[side].output.some(({ type }) => type.kind === "timestamp"));
  if (timeless.length > 0) return `keep an event time among the columns of ${timeless.length === 2 ? "both sides" : sideName(node, timeless[0] ?? "left")}`;
  const unbounded: readonly Side[] = [...(left === undefined ? ["left" as const] : []), ...(right === undefined ? ["right" as const] : [])];
  const without = unbounded.map(otherSide).filter((side) => liveTimes(node[side]).length === 0);
  const watermark = without.length === 0 ? undefined : `define a \`watermark\` on ${without.length === 2 ? "both sides" : sideName(node, without[0] ?? "left")}`;
  const loose = unbounded.filter((side) => !without.includes(otherSide(side)) || !liesAhead(node, side));
  const bound = loose.length === 0 ? undefined : `add \`${inequality(node, loose)}\``;
  return [watermark, bound].filter((part) => part !== undefined).join(" and ");
}

function inequality(node: Join, unbounded: readonly Side[]): string {
  const [left, right] = [timeOf(node, "left"), timeOf(node, "right")];
  if (unbounded.length === 2) return `and ${right} between ${left} - 10 minutes and ${left} + 10 minutes`;
  return unbounded[0] === "left" ? `and ${left} >= ${right} - 10 minutes` : `and ${right} >= ${left} - 10 minutes`;
}

/** Whether the condition asks for a later time of a side than one of the other, which only needs a watermark there. */
function liesAhead(node: Join, side: Side): boolean {
  const reads = (expr: Expr, plan: LogicalPlan): boolean => expr.type.kind === "timestamp" && plan.output.some(({ id }) => columnsOf(expr).has(id));
  return timeInequalities(node.residual).some(({ terms }) => {
    return terms.some(({ expr, sign }) => sign === -1 && reads(expr, node[side])) && terms.some(({ expr, sign }) => sign === 1 && reads(expr, node[otherSide(side)]));
  });
}

/** The event time of a side, or else a column that could be one. */
function timeOf(node: Join, side: Side): string {
  const timestamps = node[side].output.filter(({ type }) => type.kind === "timestamp").map(({ id }) => id);
  return timeText(node, side, liveTimes(node[side]).flatMap(({ column }) => (timestamps.includes(column) ? [column] : [])), "");
}
