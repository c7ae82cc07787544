import { conjunction, conjunctsOf } from "../ir/expr/conjuncts.ts";
import type { Expr } from "../ir/expr/expr.ts";
import { columnsOf } from "../ir/expr/walk.ts";
import type { JoinBounds } from "../ir/logical/join-bounds.ts";
import type { Join, LateRoute, LogicalPlan } from "../ir/logical/plan.ts";
import type { Lateness, StreamJoinSide, StreamJoinTable } from "../ir/physical/physical.ts";

/** A join of two streams with all columns of its sides; those that nothing reads leave when all is planned (`withReadColumns`). */
export function streamJoinTable(plan: Join, id: string, bounds: JoinBounds, above: readonly string[]): Omit<StreamJoinTable, "changes"> {
  const parts = plan.residual === undefined ? [] : conjunctsOf(plan.residual);
  const side = (which: "left" | "right", late: Lateness | undefined): StreamJoinSide => ({
    isTable: !plan[which].streaming,
    keys: plan.equalities.map((pair) => pair[which]),
    columns: plan[which].output,
    keeps: bounds[which],
    meets: conjunction(parts.filter((part) => asksOnly(plan[which], part))),
    late,
  });
  return {
    id,
    kind: plan.joinKind === "cross" ? "inner" : plan.joinKind,
    nullSafe: plan.equalities.map(({ nullSafe }) => nullSafe),
    left: side("left", lateness(bounds.lateLeft, plan.sides.lateLeft)),
    right: side("right", lateness(bounds.lateRight, plan.sides.lateRight)),
    residual: conjunction(parts.filter((part) => !asksOnly(plan.left, part) && !asksOnly(plan.right, part))),
    above,
  };
}

function lateness(time: Expr | undefined, route: LateRoute | undefined): Lateness | undefined {
  return time === undefined ? undefined : { time, route };
}

/**
 * Whether a part of the condition is asked of a side's rows as they come: it reads that side alone (J7). So is one that may fail, as Spark asks it
 * (`JoinConditionSplitPredicates`, which wants no more than that it is deterministic): a row that fails it is never kept, and its null row comes at once.
 */
function asksOnly(side: LogicalPlan, part: Expr): boolean {
  const columns = [...columnsOf(part)];
  return columns.length > 0 && columns.every((id) => side.output.some((column) => column.id === id)) && part.volatility !== "volatile";
}
