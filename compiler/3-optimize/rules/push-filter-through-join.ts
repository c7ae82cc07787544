import { canFail } from "../../catalog/expressions/can-fail.ts";
import type { Expr } from "../../ir/expr/index.ts";
import { columnsOf, conjunction } from "../../ir/expr/index.ts";
import type { Join, LogicalPlan } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import { isSettled } from "../analyses/is-settled.ts";
import { partConjuncts } from "../part-conjuncts.ts";
import { bottomUp } from "../rule.ts";

/**
 * Carries a filter to the side of a join that it reads: `Filter(p and q, Join(l, r))` → `Filter(q, Join(Filter(p, l), r))`, where p
 * reads columns of l alone; to the right likewise.
 *
 * Sound for a side whose every row of the output stands for one of its own: both sides of an inner join, the left one of a
 * left, semi or anti join. On the optional side a filter would turn a match into a row without one. What may fail stays: it
 * would be asked for rows that find no partner; and so does what goes by the clock: a table is read once for many batches. A join of two streams holds fewer rows in state, of the same layout. The filter
 * stays above the watermark of its side, so the same rows advance it; where rows that come late go to a side output all of them must still reach the join.
 */
export const pushFilterThroughJoin = bottomUp<LogicalPlan>("push-filter-through-join", (node) => {
  if (node.kind !== "Filter" || node.input.kind !== "Join") return undefined;
  const { predicate, input: join } = node;
  const sideOf = (conjunct: Expr): "left" | "right" | undefined => (!isSettled(conjunct) || canFail(conjunct) ? undefined : sideThatTakes(join, conjunct));
  const { moving, staying } = partConjuncts(predicate, (conjunct) => sideOf(conjunct) !== undefined);
  if (moving.length === 0) return undefined;
  const over = (side: "left" | "right"): LogicalPlan => {
    const taken = conjunction(moving.filter((conjunct) => sideOf(conjunct) === side));
    return taken === undefined ? join[side] : new Filter(join[side], taken, node.origin);
  };
  const pushed = join.withChildren([over("left"), over("right")]);
  const above = conjunction(staying);
  return above === undefined ? pushed : new Filter(pushed, above, node.origin);
});

function sideThatTakes(join: Join, conjunct: Expr): "left" | "right" | undefined {
  const reads = [...columnsOf(conjunct)];
  // A conjunct without columns is no side's own.
  if (reads.length === 0) return undefined;
  const within = (side: LogicalPlan): boolean => reads.every((id) => side.output.some((column) => column.id === id));
  if (join.joinKind !== "right" && join.joinKind !== "full" && within(join.left)) return join.sides.lateLeft === undefined ? "left" : undefined;
  return (join.joinKind === "inner" || join.joinKind === "right") && within(join.right) && join.sides.lateRight === undefined ? "right" : undefined;
}
