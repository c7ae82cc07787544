import { canFail } from "../../catalog/expressions/can-fail.ts";
import type { Expr } from "../../ir/expr/index.ts";
import { columnsOf, conjunction } from "../../ir/expr/index.ts";
import type { Join, LogicalPlan } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import { isSettled } from "../analyses/is-settled.ts";
import { readsOnly } from "../analyses/reads-only.ts";
import { partConjuncts } from "../part-conjuncts.ts";
import { bottomUp } from "../rule.ts";

/**
 * Gives a join's condition on one side alone to that side: `Join(l, r, p(r) and q)` → `Join(l, Filter(p, r), q)`; to the left likewise.
 *
 * Sound for a side of which only rows with a partner come out: both of an inner or semi join, the right one of a left or anti
 * join, the left one of a right join. A row for which p is not true has no partner either way. What may fail stays: it would be
 * asked for rows that meet no key; and what goes by the clock: a table is read once for many batches. The filter stays above the side's watermark. A join of two streams is
 * left as it is, for its rows come late by what reaches it.
 */
export const pushConditionIntoJoinSides = bottomUp<LogicalPlan>("push-condition-into-join-sides", (node) => {
  if (node.kind !== "Join" || node.residual === undefined || (node.left.streaming && node.right.streaming)) return undefined;
  const { residual } = node;
  const sideOf = (conjunct: Expr): "left" | "right" | undefined => {
    if (columnsOf(conjunct).size === 0 || canFail(conjunct)) return undefined;
    if (takesLeft.has(node.joinKind) && readsOnly(conjunct, node.left)) return "left";
    return takesRight.has(node.joinKind) && readsOnly(conjunct, node.right) ? "right" : undefined;
  };
  const { moving, staying } = partConjuncts(residual, (conjunct) => isSettled(conjunct) && sideOf(conjunct) !== undefined);
  if (moving.length === 0) return undefined;
  const over = (side: "left" | "right"): LogicalPlan => {
    const taken = conjunction(moving.filter((conjunct) => sideOf(conjunct) === side));
    return taken === undefined ? node[side] : new Filter(node[side], taken, node.origin);
  };
  return node.with({ left: over("left"), right: over("right"), residual: conjunction(staying) });
});

const takesLeft: ReadonlySet<Join["joinKind"]> = new Set(["inner", "semi", "right"]);
const takesRight: ReadonlySet<Join["joinKind"]> = new Set(["inner", "semi", "left", "anti"]);
