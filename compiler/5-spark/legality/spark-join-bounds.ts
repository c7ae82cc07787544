import { conjunctsOf } from "../../ir/expr/conjuncts.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { EventTime } from "../../ir/logical/column.ts";
import { eventTimeOf } from "../../ir/logical/event-time-of.ts";
import type { JoinEquality } from "../../ir/logical/join.ts";
import type { Join, LogicalPlan } from "../../ir/logical/plan.ts";
import { timeInequalities } from "../../ir/logical/time-inequality.ts";

/**
 * How Spark gives back the rows that a side of a stream-stream join keeps. `key`: by an event time among the keys (rule J2). `time`: by a bound on the side's own event time
 * (J4). `later`: the same, but another condition holds a row longer. `other column`: by a bound that holds for another instant of the row and that Spark takes for one on
 * its event time, so that rows go before their matches come. `never`.
 */
export type SparkBound = "key" | "time" | "later" | "other column" | "never";

/**
 * What Spark 4.2 finds (StreamingSymmetricHashJoinHelper.getStateWatermarkPredicates, StreamingJoinHelper.getStateValueWatermark): an event-time column itself among the
 * keys of `=`; else for a side that has an event time the comparisons of one of its columns with the other side's event time, both bare but for constants.
 */
export function sparkJoinBounds(join: Join): { readonly left: SparkBound; readonly right: SparkBound } {
  if (join.equalities.some((pair) => isTimeKey(pair, join))) return { left: "key", right: "key" };
  return { left: boundOf(join, join.left, join.right), right: boundOf(join, join.right, join.left) };
}

/** Event times that Spark has as columns of a side: those as read, and windows whole. */
export function ownTimes(side: LogicalPlan): readonly EventTime[] {
  return side.eventTimes.filter(({ role }) => role === "raw" || role === "window");
}

function isTimeKey(pair: JoinEquality, { left, right, equalities }: Join): boolean {
  // `<=>` becomes a key of two expressions, which are no columns any more.
  if (pair.nullSafe) return false;
  const a = eventTimeOf(pair.left, left.eventTimes);
  const b = eventTimeOf(pair.right, right.eventTimes);
  if ((a?.role === "raw" && pair.left.kind === "ColumnRef") || (b?.role === "raw" && pair.right.kind === "ColumnRef")) return true;
  if (a === undefined || b === undefined || a.role !== b.role || a.role === "raw") return false;
  if (a.role === "window" || (a.size !== undefined && a.size === b.size)) return true;
  const other = a.role === "window start" ? "window end" : "window start";
  return equalities.some((more) => !more.nullSafe && eventTimeOf(more.left, left.eventTimes)?.role === other && eventTimeOf(more.right, right.eventTimes)?.role === other);
}

function boundOf({ residual }: Join, side: LogicalPlan, other: LogicalPlan): SparkBound {
  const own = ownTimes(side);
  if (own.length === 0 || residual === undefined) return "never";
  // Spark looks before it turns `not (a < b)` around.
  const plain = conjunctsOf(residual).filter((part) => part.kind === "Call" && part.name !== "not");
  const found = plain.flatMap((part) => timeInequalities(part)).flatMap(({ terms }): readonly ("own" | "other")[] => {
    const [first, second] = terms;
    if (first === undefined || second === undefined || terms.length > 2) return [];
    const [mine, its] = first.sign === -1 ? [first, second] : [second, first];
    if (mine.sign !== -1 || its.sign !== 1 || !isColumn(mine.expr, side) || !isColumn(its.expr, other)) return [];
    if (eventTimeOf(its.expr, other.eventTimes)?.role !== "raw") return [];
    return [eventTimeOf(mine.expr, side.eventTimes)?.role === "raw" ? "own" : "other"];
  });
  if (found.length === 0) return "never";
  if (!found.includes("own")) return "other column";
  return found.includes("other") ? "later" : "time";
}

function isColumn(expr: Expr, side: LogicalPlan): boolean {
  return expr.kind === "ColumnRef" && expr.type.kind === "timestamp" && side.output.some(({ id }) => id === expr.id);
}
