import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import { tellsGroupsApart } from "../analyses/tells-groups-apart.ts";
import { topDown } from "../rule.ts";
import { sinkConjuncts } from "../sink-conjuncts.ts";

/**
 * Carries a filter below a top: `Filter(p, Top(n, per k, x))` → `Top(n, per k, Filter(p, x))`, where p reads nothing but k.
 *
 * Sound because p says the same of all rows of one key (`tellsGroupsApart`): it keeps or drops a key's rows as a whole, and
 * the places of the rows of other keys do not hang on them. A filter on the rank or on other columns stays: without the rows
 * that it drops others would move up. Where rows that come late go to a side output all of them must still reach the top.
 */
export const pushFilterThroughTop = topDown<LogicalPlan>("push-filter-through-top", (node) => {
  if (node.kind !== "Filter" || node.input.kind !== "Top" || node.input.late !== undefined) return undefined;
  const { input: top, origin } = node;
  return sinkConjuncts(
    node,
    (conjunct) => tellsGroupsApart(conjunct, top.spec.per),
    (condition) => top.withChildren([new Filter(top.input, condition, origin)]),
  );
});
