import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import { tellsGroupsApart } from "../analyses/tells-groups-apart.ts";
import { topDown } from "../rule.ts";
import { sinkConjuncts } from "../sink-conjuncts.ts";

/**
 * Carries a filter below a dedup: `Filter(p, Dedup(k, x))` → `Dedup(k, Filter(p, x))`, where p reads nothing but k.
 *
 * Sound because p says the same of all rows with one key (`tellsGroupsApart`): of those that stay the same one is the first.
 * The keys in state are fewer, of the same layout, which a clock or a param must not decide: keys of before would be missing
 * when it changes its mind. Where rows that come late go to a side output all of them must still reach the dedup.
 */
export const pushFilterThroughDedup = topDown<LogicalPlan>("push-filter-through-dedup", (node) => {
  if (node.kind !== "Filter" || node.input.kind !== "Dedup" || node.input.late !== undefined) return undefined;
  const { input: dedup, origin } = node;
  return sinkConjuncts(
    node,
    (conjunct) => tellsGroupsApart(conjunct, dedup.keys),
    (condition) => dedup.withChildren([new Filter(dedup.input, condition, origin)]),
  );
});
