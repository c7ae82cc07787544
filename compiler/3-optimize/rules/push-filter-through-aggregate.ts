import type { ColumnId, Expr } from "../../ir/expr/index.ts";
import { columnsOf, substitute } from "../../ir/expr/index.ts";
import type { Aggregate, LogicalPlan } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import { tellsGroupsApart } from "../analyses/tells-groups-apart.ts";
import type { Rule } from "../rule.ts";
import { sinkConjuncts } from "../sink-conjuncts.ts";

/**
 * Carries a filter on keys below the aggregate: `Filter(p, Aggregate(k, x))` → `Aggregate(k, Filter(p, x))`, where p reads plain
 * columns among k.
 *
 * Sound in every mode because p says the same of all rows of a group (`tellsGroupsApart`): a group is whole or not there, and
 * the others change and close as before. State holds fewer groups, of the same layout; a clock or a param must not decide
 * which, for groups of before would be missing when it changes its mind. The filter stays above the watermark, and below no
 * aggregate that sends late rows to a side output, or that is used twice: both uses read one state.
 */
export const pushFilterThroughAggregate: Rule<LogicalPlan> = {
  name: "push-filter-through-aggregate",
  apply(plan) {
    const uses = countUses(plan);
    return plan.transformDown((node) => {
      if (node.kind !== "Filter" || node.input.kind !== "Aggregate") return node;
      const { input: aggregate, origin } = node;
      if (aggregate.groups.length === 0 || aggregate.late !== undefined || (uses.get(aggregate.operatorId) ?? 0) > 1) return node;
      const keys = plainKeys(aggregate);
      const grouped = [...keys.values()];
      const sunk = sinkConjuncts(
        node,
        (conjunct) => [...columnsOf(conjunct)].every((id) => keys.has(id)) && tellsGroupsApart(substitute(conjunct, keys), grouped),
        (condition) => aggregate.withChildren([new Filter(aggregate.input, substitute(condition, keys), origin)]),
      );
      return sunk ?? node;
    });
  },
};

/** The columns of the input that are keys, by the columns of the output that they become. */
function plainKeys(aggregate: Aggregate): ReadonlyMap<ColumnId, Expr> {
  return new Map(aggregate.keys.flatMap(({ id, expr }): readonly (readonly [ColumnId, Expr])[] => (expr.kind === "ColumnRef" ? [[id, expr]] : [])));
}

/** How often each aggregate stands in the plan. */
function countUses(plan: LogicalPlan): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  plan.visit((node) => {
    if (node.kind === "Aggregate") uses.set(node.operatorId, (uses.get(node.operatorId) ?? 0) + 1);
  });
  return uses;
}
