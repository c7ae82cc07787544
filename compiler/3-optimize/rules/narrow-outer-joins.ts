import type { Expr } from "../../ir/expr/index.ts";
import { conjunctsOf, literals, substitute } from "../../ir/expr/index.ts";
import type { Join, LogicalPlan } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import type { Rule } from "../rule.ts";
import { simplifyExpression } from "../simplify-expression.ts";

/**
 * Turns an outer join into a narrower one: `Filter(p, Join left(l, r))` → `Filter(p, Join inner(l, r))`, where p is not true if all
 * columns of r are null; a right join likewise, and a full one into a left, a right or an inner one.
 *
 * Sound because the rows that the join no longer makes are those without a partner, which p drops. A conjunct behind a
 * volatile one does not count: the volatile one is to be asked for these rows. Only where not both sides are streams: what
 * such a join keeps in state hangs on its kind. Where rows are chosen by their order, a join keeps the rows of its right side
 * if it does: without them the rest is in the order of reading, where before content decided.
 */
export const narrowOuterJoins: Rule<LogicalPlan> = {
  name: "narrow-outer-joins",
  apply(plan, settings) {
    const choosy = choosesByOrder(plan);
    return plan.transformUp((node) => narrowBelow(node, choosy, settings?.timezone) ?? node);
  },
};

function narrowBelow(node: LogicalPlan, choosy: boolean, timezone: string | undefined): LogicalPlan | undefined {
  if (node.kind !== "Filter" || node.input.kind !== "Join") return undefined;
  const { predicate, input: join } = node;
  if ((join.left.streaming && join.right.streaming) || (choosy && join.joinKind !== "left")) return undefined;
  const conjuncts = conjunctsOf(predicate);
  const volatile = conjuncts.findIndex((conjunct) => conjunct.volatility === "volatile");
  const asked = volatile === -1 ? conjuncts : conjuncts.slice(0, volatile);
  const drops = (side: LogicalPlan): boolean => asked.some((conjunct) => isNeverTrueWithout(side, conjunct, timezone));
  const narrower = narrowed(join, drops);
  if (narrower === join.joinKind) return undefined;
  return new Filter(join.with({ joinKind: narrower }), predicate, node.origin);
}

/** Whether a step takes the first of rows that no sort has put in order, or shows a function the order in which they come. */
function choosesByOrder(plan: LogicalPlan): boolean {
  return plan.kind === "Dedup" || plan.kind === "UserState" || (plan.kind === "Limit" && plan.input.kind !== "Sort") || plan.children.some(choosesByOrder);
}

function narrowed(join: Join, drops: (absent: LogicalPlan) => boolean): Join["joinKind"] {
  const { joinKind } = join;
  const keepsLeft = (joinKind === "left" || joinKind === "full") && !drops(join.right);
  const keepsRight = (joinKind === "right" || joinKind === "full") && !drops(join.left);
  if (joinKind !== "left" && joinKind !== "right" && joinKind !== "full") return joinKind;
  return keepsLeft && keepsRight ? "full" : keepsLeft ? "left" : keepsRight ? "right" : "inner";
}

/** Whether a condition is false or null for rows in which all columns of a side are null. */
function isNeverTrueWithout(side: LogicalPlan, condition: Expr, timezone: string | undefined): boolean {
  const nulls = new Map(side.output.map(({ id, type }) => [id, literals.null(type)]));
  const result = simplifyExpression(substitute(condition, nulls), timezone);
  return result.kind === "Literal" && result.value !== true;
}
