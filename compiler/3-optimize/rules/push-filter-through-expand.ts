import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import { readsOnly } from "../analyses/reads-only.ts";
import { topDown } from "../rule.ts";
import { sinkConjuncts } from "../sink-conjuncts.ts";

/**
 * Carries a filter below an expand: `Filter(p, Expand(e, x))` → `Expand(e, Filter(p, x))`, where p does not read e.
 *
 * Sound because each copy of a row agrees with it in the columns of x, and every row has a copy: p is asked for the same rows,
 * once instead of once a copy, also where it may fail. What a dropped row's copies would have computed is no longer computed
 * and so cannot fail. Neither keeps state nor asks for the time; a row and its retraction are treated alike.
 */
export const pushFilterThroughExpand = topDown<LogicalPlan>("push-filter-through-expand", (node) => {
  if (node.kind !== "Filter" || node.input.kind !== "Expand" || node.input.copies === 0) return undefined;
  const { input: expand, origin } = node;
  return sinkConjuncts(
    node,
    (conjunct) => conjunct.volatility !== "volatile" && readsOnly(conjunct, expand.input),
    (condition) => expand.withChildren([new Filter(expand.input, condition, origin)]),
  );
});
